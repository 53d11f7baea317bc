//! 正規化: values of one indicator made comparable with those of others.
//!
//! A choice, not a fact: which one is made is shown with the score, and [`super::rank_grid`] shows what it does to the
//! ranks. Describes the municipalities at hand, **complete census** or not; misuse across years (the scale moves with the
//! municipalities) and for indicators of which less is better unless turned around before.
//!
//! OECD/JRC (2008) Handbook on Constructing Composite Indicators, step 5.

use super::Undefined;
use super::numeric::{check, count, extremes};
use super::ranking::{Order, Ranks};

/// Min–max: lower + (x − min)/(max − min)·(upper − lower). Reacts to a single extreme value.
///
/// [`Undefined::NoVariation`] where all values are equal: neither 0 nor 1 would be true.
pub fn min_max(values: &[f64], lower: f64, upper: f64) -> Result<Vec<f64>, Undefined> {
    check(values)?;
    check(&[lower, upper])?;
    let (least, most) = extremes(values);
    if most <= least {
        return Err(Undefined::NoVariation);
    }
    Ok(values.iter().map(|x| lower + (x - least) / (most - least) * (upper - lower)).collect())
}

/// z = (x − mean)/s with s² = Σ(x − mean)²/(n − ddof). `ddof` is 0 for the municipalities at hand, 1 as for a sample.
///
/// [`Undefined::NoVariation`] where all values are equal, [`Undefined::TooFew`] for `ddof` values or fewer.
pub fn z_score(values: &[f64], ddof: usize) -> Result<Vec<f64>, Undefined> {
    check(values)?;
    if values.len() <= ddof {
        return Err(Undefined::TooFew { needed: ddof + 1, found: values.len() });
    }
    let (least, most) = extremes(values);
    if most <= least {
        return Err(Undefined::NoVariation);
    }
    let mean = values.iter().sum::<f64>() / count(values.len());
    let squares: f64 = values.iter().map(|x| (x - mean) * (x - mean)).sum();
    let deviation = (squares / count(values.len() - ddof)).sqrt();
    Ok(values.iter().map(|x| (x - mean) / deviation).collect())
}

/// The mid-rank from below over n: 1/n to 1. Keeps the order and forgets the distances; defined even where all values
/// are equal.
pub fn rank_share(values: &[f64]) -> Result<Vec<f64>, Undefined> {
    check(values)?;
    let ranks = Ranks::of(values, Order::Ascending)?.middle;
    Ok(ranks.into_iter().map(|rank| rank / count(values.len())).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_never_varies_is_not_normalised() {
        // The mean of three 0.1 is not 0.1 in doubles: the variance would be a tiny number instead of 0.
        for values in [vec![0.1; 3], vec![5.0]] {
            assert_eq!(min_max(&values, 0.0, 1.0), Err(Undefined::NoVariation));
            assert_eq!(z_score(&values, 0), Err(Undefined::NoVariation));
        }
        assert_eq!(z_score(&[5.0], 1), Err(Undefined::TooFew { needed: 2, found: 1 }));
        assert_eq!(min_max(&[], 0.0, 1.0), Err(Undefined::NoData));
        assert_eq!(rank_share(&[7.0; 3]).unwrap(), [2.0 / 3.0; 3]);
    }

    #[test]
    fn the_extremes_take_the_ends_of_the_scale() {
        assert_eq!(min_max(&[3.0, 1.0, 5.0], 1.0, 101.0), Ok(vec![51.0, 1.0, 101.0]));
    }

    proptest! {
        #[test]
        fn a_z_score_has_mean_0_and_deviation_1(values in prop::collection::vec(-1e6_f64..1e6, 2..40), ddof in 0_usize..2) {
            if let Ok(z) = z_score(&values, ddof) {
                prop_assert!(z.iter().sum::<f64>().abs() < 1e-6);
                let squares: f64 = z.iter().map(|z| z * z).sum();
                prop_assert!((squares - count(values.len() - ddof)).abs() < 1e-6);
            }
        }

        #[test]
        fn the_unit_of_measurement_does_not_matter(values in prop::collection::vec(-1e3_f64..1e3, 3..40)) {
            let other: Vec<f64> = values.iter().map(|v| v * 8.0 - 1000.0).collect();
            for (one, other) in [
                (min_max(&values, 0.0, 1.0), min_max(&other, 0.0, 1.0)),
                (z_score(&values, 1), z_score(&other, 1)),
                (rank_share(&values), rank_share(&other)),
            ] {
                for (a, b) in one.unwrap().iter().zip(other.unwrap()) {
                    prop_assert!((a - b).abs() < 1e-6);
                }
            }
        }
    }
}
