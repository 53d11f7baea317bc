//! Kendall's τ-b: of pairs of municipalities, how many more are ordered alike than oppositely by two values?

use std::cmp::Ordering;

use super::numeric::{check_pairs, nearest};
use super::ranking::{Order, Ranks};
use super::{Alternative, Method, Undefined};

/// A rank correlation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Kendall {
    /// −1 to 1.
    pub tau: f64,
    /// Two-sided; `None` for the approximation with two pairs.
    pub p_value: Option<f64>,
    /// Whether the exact distribution was used.
    pub exact: bool,
}

/// Most pairs whose exact distribution is computed.
const MOST: usize = 500;
/// Most pairs for which [`Method::Auto`] does it: beyond, the approximation agrees to three digits.
const EXACT: usize = 50;

/// Kendall's τ-b: (C − D)/√((T − U)(T − V)) with C pairs ordered alike, D oppositely, T all pairs, U those tied in x and
/// V those tied in y.
///
/// Exact (without ties): the number of inversions of a random order. Asymptotic: C − D is normal with a variance
/// corrected for ties; no continuity correction is made. τ describes and may be shown **on a complete census**; its
/// p-value only with a chance model. Misuse as evidence that one thing leads to the other.
///
/// Kendall, M. G. (1970) Rank Correlation Methods, 4th ed., chapters 3–5.
///
/// [`Undefined::TooFew`] for fewer than two pairs, [`Undefined::NoVariation`] where one of the two never varies,
/// [`Undefined::Ties`] and, beyond 500 pairs, [`Undefined::TooLarge`] for [`Method::Exact`].
pub fn kendall(x: &[f64], y: &[f64], method: Method) -> Result<Kendall, Undefined> {
    check_pairs(x, y)?;
    let n = x.len();
    if n < 2 {
        return Err(Undefined::TooFew { needed: 2, found: n });
    }
    let (ties_x, ties_y) = (Ties::of(x)?, Ties::of(y)?);
    let size = i128::try_from(n).map_err(|_| Undefined::TooLarge)?;
    let pairs = size * (size - 1) / 2;
    if ties_x.pairs == pairs || ties_y.pairs == pairs {
        return Err(Undefined::NoVariation);
    }
    let surplus = concordant_less_discordant(x, y);
    let tau = nearest(surplus) / (nearest(pairs - ties_x.pairs).sqrt() * nearest(pairs - ties_y.pairs).sqrt());
    let tied = ties_x.pairs + ties_y.pairs > 0;
    let exact = match method {
        Method::Auto => !tied && n <= EXACT,
        Method::Exact if tied => return Err(Undefined::Ties),
        Method::Exact if n > MOST => return Err(Undefined::TooLarge),
        Method::Exact => true,
        Method::Asymptotic { .. } => false,
    };
    let p_value = if exact {
        Some(exact_two_sided(usize::try_from((pairs - surplus.abs()) / 2).map_err(|_| Undefined::TooLarge)?, n))
    } else {
        asymptotic_two_sided(surplus, size, &ties_x, &ties_y)
    };
    Ok(Kendall { tau: tau.clamp(-1.0, 1.0), p_value, exact })
}

/// C − D, pair by pair: a million and a half comparisons for all municipalities of Japan.
fn concordant_less_discordant(x: &[f64], y: &[f64]) -> i128 {
    let sign = |a: f64, b: f64| match a.partial_cmp(&b) {
        Some(Ordering::Less) => -1_i64,
        Some(Ordering::Greater) => 1,
        Some(Ordering::Equal) | None => 0,
    };
    let points: Vec<(f64, f64)> = x.iter().copied().zip(y.iter().copied()).collect();
    let with_later = |(i, (x, y)): (usize, &(f64, f64))| {
        points.iter().skip(i + 1).map(|(a, b)| sign(*x, *a) * sign(*y, *b)).sum::<i64>()
    };
    points.iter().enumerate().map(|point| i128::from(with_later(point))).sum()
}

/// Sums over the groups of t equal values.
struct Ties {
    /// Σ t(t − 1)/2
    pairs: i128,
    /// Σ t(t − 1)(t − 2)
    triples: i128,
    /// Σ t(t − 1)(2t + 5)
    variance: i128,
}

impl Ties {
    fn of(values: &[f64]) -> Result<Self, Undefined> {
        let sizes = Ranks::of(values, Order::Ascending)?.group_sizes;
        let sum = |part: &dyn Fn(i128) -> i128| sizes.iter().map(|t| part(i128::from(*t))).sum();
        Ok(Self {
            pairs: sum(&|t| t * (t - 1) / 2),
            triples: sum(&|t| t * (t - 1) * (t - 2)),
            variance: sum(&|t| t * (t - 1) * (2 * t + 5)),
        })
    }
}

fn asymptotic_two_sided(surplus: i128, n: i128, x: &Ties, y: &Ties) -> Option<f64> {
    let ordered = nearest(n * (n - 1));
    let variance = nearest(n * (n - 1) * (2 * n + 5) - x.variance - y.variance) / 18.0
        + 2.0 * nearest(x.pairs * y.pairs) / ordered
        + nearest(x.triples) * nearest(y.triples) / (9.0 * ordered * nearest(n - 2));
    // Two pairs divide 0 by 0; their NaN is not greater than 0.
    (variance > 0.0).then(|| Alternative::TwoSided.of_z(nearest(surplus) / variance.sqrt()))
}

/// Twice the probability of `rarer` or fewer inversions in a random order of n, at most 1; `rarer` is the smaller of the
/// numbers of pairs ordered alike and oppositely.
fn exact_two_sided(rarer: usize, n: usize) -> f64 {
    // probabilities[d] of d inversions: the next value may be inverted with 0 to all of those before it.
    let mut probabilities = vec![0.0; rarer + 1];
    probabilities[0] = 1.0;
    for size in 2..=n {
        let before = probabilities.clone();
        let mut window = 0.0;
        for (d, p) in probabilities.iter_mut().enumerate() {
            window += before[d];
            if d >= size {
                window -= before[d - size];
            }
            *p = window / f64::from(u32::try_from(size).unwrap_or(u32::MAX));
        }
    }
    (2.0 * probabilities.iter().sum::<f64>()).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::numeric::count;
    use super::*;

    const APPROXIMATE: Method = Method::Asymptotic { continuity: false };

    #[test]
    fn ten_ranks_in_two_orders_are_counted_by_hand() {
        // Against 1 to 10, the only pairs out of order are 2-1, 4-3, 7-5, 7-6 and 10-8, 10-9: S = 45 − 12.
        let order = [2.0, 1.0, 4.0, 3.0, 7.0, 5.0, 6.0, 10.0, 8.0, 9.0];
        let result = kendall(&(1..=10).map(f64::from).collect::<Vec<_>>(), &order, Method::Auto).unwrap();
        assert!((result.tau - 33.0 / 45.0).abs() < 1e-15);
        // Orders of ten with 0 to 6 inversions: 1 + 9 + 44 + 155 + 440 + 1068 + 2298.
        let orders: f64 = (1..=10).map(f64::from).product();
        assert!((result.p_value.unwrap() - 2.0 * 4015.0 / orders).abs() < 1e-15);
        assert!(result.exact);
    }

    #[test]
    fn three_in_one_order_are_one_of_six() {
        let result = kendall(&[1.0, 2.0, 3.0], &[1.0, 2.0, 3.0], Method::Exact).unwrap();
        assert!((result.tau - 1.0).abs() < 1e-15);
        assert!((result.p_value.unwrap() - 1.0 / 3.0).abs() < 1e-15);
    }

    #[test]
    fn ties_have_no_exact_distribution_and_what_never_varies_no_correlation() {
        let (x, tied) = ([1.0, 2.0, 3.0], [3.0, 3.0, 1.0]);
        assert_eq!(kendall(&x, &tied, Method::Exact), Err(Undefined::Ties));
        assert!(!kendall(&x, &tied, Method::Auto).unwrap().exact);
        assert_eq!(kendall(&x, &[1.0; 3], APPROXIMATE), Err(Undefined::NoVariation));
        assert_eq!(kendall(&[1.0], &[1.0], Method::Auto), Err(Undefined::TooFew { needed: 2, found: 1 }));
        assert_eq!(kendall(&[1.0, 2.0], &[1.0, 2.0], APPROXIMATE).unwrap().p_value, None);
        let many: Vec<f64> = (0..501).map(f64::from).collect();
        assert_eq!(kendall(&many, &many, Method::Exact), Err(Undefined::TooLarge));
    }

    #[test]
    fn the_exact_distribution_is_that_of_counting_orders() {
        // 1, 3, 5, 6, 5, 3, 1 of the 24 orders of four have 0 to 6 inversions.
        for (rarer, orders) in [(0, 1.0), (1, 4.0), (2, 9.0)] {
            assert!((exact_two_sided(rarer, 4) - 2.0 * orders / 24.0).abs() < 1e-15);
        }
    }

    proptest! {
        #[test]
        fn only_the_order_of_the_values_counts(pairs in prop::collection::vec((-9_i8..9, -9_i8..9), 3..40)) {
            let (x, y): (Vec<f64>, Vec<f64>) = pairs.into_iter().map(|(x, y)| (f64::from(x), f64::from(y))).unzip();
            let plain = kendall(&x, &y, APPROXIMATE);
            let stretched: Vec<f64> = x.iter().map(|v| v.exp()).collect();
            prop_assert_eq!(plain, kendall(&stretched, &y, APPROXIMATE));
            if let Ok(plain) = plain {
                let mirrored = kendall(&x.iter().map(|v| -v).collect::<Vec<_>>(), &y, APPROXIMATE).unwrap();
                prop_assert!((plain.tau + mirrored.tau).abs() < 1e-15);
                prop_assert!((-1.0..=1.0).contains(&plain.tau));
                prop_assert_eq!(plain.p_value, mirrored.p_value);
                prop_assert!(plain.p_value.is_none_or(|p| (0.0..=1.0).contains(&p)));
            }
        }

        #[test]
        fn the_approximation_is_near_the_exact_distribution(order in Just((0..20).collect::<Vec<i32>>()).prop_shuffle()) {
            let y: Vec<f64> = order.into_iter().map(f64::from).collect();
            let x: Vec<f64> = (0..20).map(count).collect();
            let p = |method| kendall(&x, &y, method).unwrap().p_value.unwrap();
            // Half a step of S, which is 2 wide, over a standard deviation of 30.8.
            prop_assert!((p(Method::Exact) - p(APPROXIMATE)).abs() < 0.04);
        }
    }
}
