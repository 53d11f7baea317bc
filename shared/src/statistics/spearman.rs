//! Spearman's ρ: do two values of the municipalities rise together?

use super::Undefined;
use super::distribution::correlation_two_sided;
use super::numeric::{check_pairs, count, nearest, whole};
use super::ranking::{Order, Ranks};

/// A rank correlation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spearman {
    /// −1 to 1.
    pub rho: f64,
    /// Two-sided; `None` for two pairs, which always lie on a line.
    pub p_value: Option<f64>,
}

/// Spearman's ρ: Pearson's correlation of the mid-ranks.
///
/// t = ρ·√((n − 2)/(1 − ρ²)) is compared with Student's distribution with n − 2 degrees of freedom: an approximation,
/// rough below ten pairs. ρ describes and may be shown **on a complete census**; its p-value only with a chance model.
/// Misuse as evidence that one thing leads to the other, where both follow population for instance.
///
/// Spearman, C. (1904) American Journal of Psychology 15, 72–101.
///
/// [`Undefined::TooFew`] for fewer than two pairs, [`Undefined::NoVariation`] where one of the two never varies.
pub fn spearman(x: &[f64], y: &[f64]) -> Result<Spearman, Undefined> {
    check_pairs(x, y)?;
    let n = x.len();
    if n < 2 {
        return Err(Undefined::TooFew { needed: 2, found: n });
    }
    let (x, y) = (centred(x)?, centred(y)?);
    let product = |a: &[i128], b: &[i128]| a.iter().zip(b).map(|(a, b)| a * b).sum::<i128>();
    let (xx, yy, xy) = (product(&x, &x), product(&y, &y), product(&x, &y));
    if xx == 0 || yy == 0 {
        return Err(Undefined::NoVariation);
    }
    let rho = (nearest(xy) / (nearest(xx).sqrt() * nearest(yy).sqrt())).clamp(-1.0, 1.0);
    // Ranks that agree, or oppose each other, throughout: nothing is left to rounding.
    let rho = if xx == yy && xy.abs() == xx { nearest(xy.signum()) } else { rho };
    Ok(Spearman { rho, p_value: (n > 2).then(|| correlation_two_sided(rho, count(n) - 2.0)) })
}

/// Twice the mid-ranks, which is whole, less twice their mean, n + 1.
fn centred(values: &[f64]) -> Result<Vec<i128>, Undefined> {
    let ranks = Ranks::of(values, Order::Ascending)?.middle;
    let doubled = |rank: f64| i128::try_from(whole(2.0 * rank)).map_err(|_| Undefined::TooLarge);
    let centre = i128::try_from(values.len() + 1).map_err(|_| Undefined::TooLarge)?;
    ranks.into_iter().map(|rank| Ok(doubled(rank)? - centre)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn doubles(values: &[i8]) -> Vec<f64> {
        values.iter().map(|v| f64::from(*v)).collect()
    }

    #[test]
    fn without_ties_it_is_one_less_six_times_the_squared_differences() {
        // Ranks 1 2 3 4 5 and 2 1 4 3 5: Σd² = 4, ρ = 1 − 24/120.
        let result = spearman(&[10.0, 20.0, 30.0, 40.0, 50.0], &[2.0, 1.0, 4.0, 3.0, 5.0]).unwrap();
        assert!((result.rho - 0.8).abs() < 1e-15);
        // t = 0.8·√(3/0.36) = 2.309 with 3 degrees of freedom.
        assert_eq!(format!("{:.3}", result.p_value.unwrap()), "0.104");
    }

    #[test]
    fn what_never_varies_goes_with_nothing() {
        assert_eq!(spearman(&[1.0; 3], &[1.0, 2.0, 3.0]), Err(Undefined::NoVariation));
        assert_eq!(spearman(&[1.0], &[1.0]), Err(Undefined::TooFew { needed: 2, found: 1 }));
        assert_eq!(spearman(&[1.0, 2.0], &[1.0]), Err(Undefined::LengthsDiffer));
        assert_eq!(spearman(&[1.0, 2.0], &[5.0, 9.0]), Ok(Spearman { rho: 1.0, p_value: None }));
    }

    proptest! {
        #[test]
        fn only_the_order_of_the_values_counts(pairs in prop::collection::vec((-9_i8..9, -9_i8..9), 3..40)) {
            let (x, y): (Vec<i8>, Vec<i8>) = pairs.into_iter().unzip();
            let (x, y) = (doubles(&x), doubles(&y));
            let plain = spearman(&x, &y);
            let stretched: Vec<f64> = x.iter().map(|v| v.exp()).collect();
            prop_assert_eq!(plain, spearman(&stretched, &y));
            prop_assert_eq!(plain, spearman(&y, &x));
            if let Ok(plain) = plain {
                let mirrored = spearman(&x.iter().map(|v| -v).collect::<Vec<_>>(), &y).unwrap();
                prop_assert!((plain.rho + mirrored.rho).abs() < 1e-15);
                prop_assert!((0.0..=1.0).contains(&plain.p_value.unwrap()));
            }
        }

        #[test]
        fn a_value_goes_with_itself_entirely(values in prop::collection::btree_set(any::<i16>(), 3..40)) {
            let values: Vec<f64> = values.into_iter().map(f64::from).collect();
            prop_assert_eq!(spearman(&values, &values), Ok(Spearman { rho: 1.0, p_value: Some(0.0) }));
        }
    }
}
