//! Mann and Whitney's U: does one of two groups of municipalities tend to higher values?

use super::distribution::normal_upper;
use super::numeric::{check, count, nearest, whole};
use super::ranking::{Order, Ranks};
use super::{Alternative, Method, Undefined};

/// The result of a Mann–Whitney test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MannWhitney {
    /// U of the first group: pairs in which its value is the greater, ties counting half.
    pub u: f64,
    /// `None` without continuity correction where all values are equal.
    pub p_value: Option<f64>,
    /// Whether the exact distribution was used.
    pub exact: bool,
}

/// Most pairs whose exact distribution is computed.
const MOST_PAIRS: usize = 40_000;
/// Most pairs for which [`Method::Auto`] does it: beyond, the approximation agrees to about three digits.
const EXACT_PAIRS: usize = 2_500;
/// Groups so small need the exact distribution however large the other is: eight of all municipalities of Japan have
/// fewer pairs than this.
const SMALL_GROUP: (usize, usize) = (8, 14_000);

/// The Mann–Whitney test of two independent groups.
///
/// U = R₁ − n₁(n₁ + 1)/2 with R₁ the sum of the first group's mid-ranks. Exact: every split of the ranks is equally
/// likely. Asymptotic: normal with mean n₁n₂/2 and variance n₁n₂/12·((N + 1) − Σ(t³ − t)/(N(N − 1))), the statistic
/// moved ½ towards the mean with continuity correction. Two-sided is twice the smaller side, at most 1.
///
/// The exact distribution is that without ties: [`Method::Exact`] with ties answers for U rounded down to a whole number,
/// as scipy does, which is not exact; [`Method::Auto`] never does it. **Not for a complete census without a chance
/// model** ([`super::ChanceModel::Exchangeable`]); misuse for the same municipalities in two years
/// ([`super::signed_rank`]), and as a test of means or medians where the groups spread differently.
///
/// Mann, H. B. & Whitney, D. R. (1947) Annals of Mathematical Statistics 18, 50–60.
///
/// [`Undefined::NoData`] for an empty group, [`Undefined::TooLarge`] for [`Method::Exact`] with more than 40,000 pairs.
pub fn mann_whitney(x: &[f64], y: &[f64], side: Alternative, method: Method) -> Result<MannWhitney, Undefined> {
    check(x)?;
    check(y)?;
    let ranks = Ranks::of(&[x, y].concat(), Order::Ascending)?;
    let sizes = (x.len(), y.len());
    let pairs = sizes.0.checked_mul(sizes.1).ok_or(Undefined::TooLarge)?;
    let least_sum = count(x.len()) * (count(x.len()) + 1.0) / 2.0;
    let u = ranks.middle.iter().take(x.len()).sum::<f64>() - least_sum;
    // The p-value is that of so many pairs or more.
    let (from, both) = match side {
        Alternative::Greater => (u, 1.0),
        Alternative::Less => (count(pairs) - u, 1.0),
        Alternative::TwoSided => (u.max(count(pairs) - u), 2.0),
    };
    let method = match method {
        Method::Auto if ranks.has_ties() || !is_small(sizes, pairs) => Method::Asymptotic { continuity: true },
        Method::Auto => Method::Exact,
        chosen => chosen,
    };
    let p_value = match method {
        Method::Auto | Method::Exact if pairs > MOST_PAIRS => return Err(Undefined::TooLarge),
        Method::Auto | Method::Exact => Some(exact_upper(whole(from), sizes.0.min(sizes.1), sizes.0.max(sizes.1))),
        Method::Asymptotic { continuity } => asymptotic_upper(from, sizes, &ranks, continuity),
    };
    let exact = !matches!(method, Method::Asymptotic { .. });
    Ok(MannWhitney { u, p_value: p_value.map(|p| (both * p).clamp(0.0, 1.0)), exact })
}

fn is_small((n, m): (usize, usize), pairs: usize) -> bool {
    pairs <= EXACT_PAIRS || (n.min(m) <= SMALL_GROUP.0 && pairs <= SMALL_GROUP.1)
}

/// The normal approximation of P(U ≥ u); without variance 1 with the correction and nothing without it.
fn asymptotic_upper(u: f64, (n, m): (usize, usize), ranks: &Ranks, continuity: bool) -> Option<f64> {
    let distance = u - count(n) * count(m) / 2.0 - if continuity { 0.5 } else { 0.0 };
    let (all, pairs) = (i128::try_from(n + m).ok()?, nearest(i128::try_from(n * m).ok()?));
    // (N + 1) − Σ(t³ − t)/(N(N − 1)), exactly 0 where all are equal.
    let spread = nearest(all * all * all - all - ranks.tie_term()) / nearest(all * (all - 1));
    if spread > 0.0 { Some(normal_upper(distance / (pairs / 12.0 * spread).sqrt())) } else { continuity.then_some(1.0) }
}

/// P(U ≥ u) over all splits into `n` ≤ `m` values without ties.
fn exact_upper(u: usize, n: usize, m: usize) -> f64 {
    // ways[i][v]: so many splits of i values of the first group and the j seen of the second have U = v. Either the
    // greatest of all is in the second group and adds nothing, or it is in the first and stands above all j.
    let mut ways: Vec<Vec<f64>> = vec![vec![1.0]; n + 1];
    for j in 1..=m {
        for i in 1..=n {
            let (before, rest) = ways.split_at_mut(i);
            let (with_first, own) = (&before[i - 1], &mut rest[0]);
            own.resize(i * j + 1, 0.0);
            for (v, ways) in with_first.iter().enumerate() {
                own[v + j] += ways;
            }
        }
    }
    let counts = &ways[n];
    // Both halves mirror each other; the shorter sum is the more precise one.
    let total: f64 = counts.iter().sum();
    if 2 * u > n * m {
        counts.iter().skip(u).sum::<f64>() / total
    } else {
        1.0 - counts.iter().take(u).sum::<f64>() / total
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const APPROXIMATE: Method = Method::Asymptotic { continuity: true };

    fn p(x: &[f64], y: &[f64], side: Alternative, method: Method) -> f64 {
        mann_whitney(x, y, side, method).unwrap().p_value.unwrap()
    }

    #[test]
    fn three_above_three_is_one_split_of_twenty() {
        let (x, y) = ([4.0, 5.0, 6.0], [1.0, 2.0, 3.0]);
        assert!((p(&x, &y, Alternative::Greater, Method::Auto) - 0.05).abs() < 1e-15);
        assert!((p(&x, &y, Alternative::TwoSided, Method::Auto) - 0.1).abs() < 1e-15);
        assert!((p(&x, &y, Alternative::Less, Method::Auto) - 1.0).abs() < 1e-15);
    }

    #[test]
    fn the_published_tables_of_critical_values_are_met() {
        // Siegel, S. & Castellan, N. J. (1988) Nonparametric Statistics, table J: n = m = 20, two-sided 5 %: U = 127.
        for (n, m, critical) in [(20, 20, 127), (8, 8, 13), (5, 5, 2)] {
            let two_sided = |u: usize| 2.0 * exact_upper(n * m - u, n, m);
            assert!(two_sided(critical) <= 0.05 && two_sided(critical + 1) > 0.05);
        }
    }

    #[test]
    fn equal_values_everywhere_are_no_evidence() {
        let (x, y) = ([2.0; 3], [2.0; 2]);
        let plain = mann_whitney(&x, &y, Alternative::TwoSided, Method::Asymptotic { continuity: false }).unwrap();
        assert_eq!((plain.u, plain.p_value), (3.0, None));
        let corrected = mann_whitney(&x, &y, Alternative::TwoSided, Method::Auto).unwrap();
        assert_eq!((corrected.p_value, corrected.exact), (Some(1.0), false));
        assert_eq!(mann_whitney(&[], &y, Alternative::TwoSided, Method::Auto), Err(Undefined::NoData));
    }

    #[test]
    fn large_groups_are_approximated_and_refused_where_exactness_is_demanded() {
        let (x, y): (Vec<f64>, Vec<f64>) = (0..300).map(|i| (f64::from(i), f64::from(i) + 0.5)).unzip();
        assert!(!mann_whitney(&x, &y, Alternative::TwoSided, Method::Auto).unwrap().exact);
        assert_eq!(mann_whitney(&x, &y, Alternative::TwoSided, Method::Exact), Err(Undefined::TooLarge));
        // One group of a few stays exact.
        assert!(mann_whitney(&x[..8], &y, Alternative::TwoSided, Method::Auto).unwrap().exact);
    }

    proptest! {
        #[test]
        fn groups_and_sides_change_places(
            values in prop::collection::btree_set(-1000_i32..1000, 2..24), cut in 1_usize..23,
        ) {
            // Shuffled by a fixed rule, so that the groups are mixed.
            let mut values: Vec<f64> = values.into_iter().map(f64::from).collect();
            values.sort_by(|a, b| (a * 0.618 % 1.0).total_cmp(&(b * 0.618 % 1.0)));
            let (x, y) = values.split_at(cut.min(values.len() - 1));
            for method in [Method::Exact, APPROXIMATE] {
                prop_assert!((p(x, y, Alternative::Less, method) - p(y, x, Alternative::Greater, method)).abs() < 1e-12);
                let two_sided = p(x, y, Alternative::TwoSided, method);
                prop_assert!((two_sided - p(y, x, Alternative::TwoSided, method)).abs() < 1e-12);
                let smaller = p(x, y, Alternative::Less, method).min(p(x, y, Alternative::Greater, method));
                prop_assert!((two_sided - (2.0 * smaller).min(1.0)).abs() < 1e-12);
            }
            let (one, other) = (mann_whitney(x, y, Alternative::Less, Method::Auto).unwrap(), mann_whitney(y, x, Alternative::Less, Method::Auto).unwrap());
            prop_assert!((one.u + other.u - count(x.len() * y.len())).abs() < 1e-9);
        }

        #[test]
        fn only_the_order_of_the_values_counts(x in prop::collection::vec(-9_i8..9, 1..20), y in prop::collection::vec(-9_i8..9, 1..20)) {
            let values = |of: &[i8], f: fn(f64) -> f64| of.iter().map(|v| f(f64::from(*v))).collect::<Vec<_>>();
            let plain = mann_whitney(&values(&x, |v| v), &values(&y, |v| v), Alternative::TwoSided, APPROXIMATE);
            prop_assert_eq!(plain, mann_whitney(&values(&x, f64::exp), &values(&y, f64::exp), Alternative::TwoSided, APPROXIMATE));
        }

        #[test]
        fn the_approximation_is_near_the_exact_distribution(u in 0_usize..=400) {
            let z = (f64::from(u32::try_from(u).unwrap()) - 200.0 - 0.5) / (400.0 / 12.0 * 41.0_f64).sqrt();
            prop_assert!((exact_upper(u, 20, 20) - normal_upper(z)).abs() < 0.003);
        }
    }
}
