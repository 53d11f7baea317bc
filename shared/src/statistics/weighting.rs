//! Weights, such as populations: means and shares that count people instead of municipalities.
//!
//! They describe and may be shown **on a complete census**. Misuse: reading a population share as a share of residents
//! who use something; it is the population of the municipalities that answered yes. No test and no interval of this
//! module takes weighted counts.
//!
//! Cochran, W. G. (1977) Sampling Techniques, 3rd ed., chapter 5, for means weighted by the size of what they
//! stand for.

use super::Undefined;
use super::numeric::{check_weights, nearest};
use crate::share::Share;

/// A weighted mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WeightedMean {
    /// Σ wx / Σ w
    pub mean: f64,
    /// Σ w(x − mean)² / Σ w: of the population at hand, not an estimate for a larger one.
    pub variance: f64,
}

/// The weighted mean and variance of `values`.
///
/// [`Undefined::NoData`] for no value, [`Undefined::OutOfRange`] for a negative weight or weights that are all 0.
pub fn weighted_mean(values: &[f64], weights: &[f64]) -> Result<WeightedMean, Undefined> {
    let sum = check_weights(values, weights)?;
    let pairs = || values.iter().zip(weights);
    let mean = pairs().map(|(x, w)| w * x).sum::<f64>() / sum;
    // About the mean, not by Σ wx² − …, which cancels.
    let variance = pairs().map(|(x, w)| w * (x - mean) * (x - mean)).sum::<f64>() / sum;
    Ok(WeightedMean { mean, variance })
}

/// The population of the municipalities that answer yes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PopulationShare {
    /// People in municipalities that answer yes.
    pub covered: u64,
    /// People in all of them.
    pub population: u64,
    /// The same in municipalities, to be shown beside it.
    pub municipalities: Share,
}

impl PopulationShare {
    /// Adds up `(answers yes, population)` of the municipalities. [`Undefined::TooLarge`] beyond 2⁶⁴ people.
    pub fn of(municipalities: impl IntoIterator<Item = (bool, u64)>) -> Result<Self, Undefined> {
        let mut sum = Self { covered: 0, population: 0, municipalities: Share::new(0, 0) };
        for (yes, population) in municipalities {
            sum.population = sum.population.checked_add(population).ok_or(Undefined::TooLarge)?;
            sum.covered += if yes { population } else { 0 };
            sum.municipalities.numerator += u32::from(yes);
            sum.municipalities.denominator += 1;
        }
        Ok(sum)
    }

    /// The share of the population; `None` where nobody lives.
    pub fn ratio(&self) -> Option<f64> {
        (self.population > 0).then(|| nearest(self.covered.into()) / nearest(self.population.into()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_city_weighs_more_than_a_village() {
        let share = PopulationShare::of([(true, 270_000), (false, 1_000), (false, 9_000)]).unwrap();
        assert_eq!((share.covered, share.population, share.municipalities), (270_000, 280_000, Share::new(1, 3)));
        assert!((share.ratio().unwrap() - 27.0 / 28.0).abs() < 1e-15);
    }

    #[test]
    fn where_nobody_lives_there_is_no_share() {
        assert_eq!(PopulationShare::of([(true, 0)]).unwrap().ratio(), None);
        assert_eq!(PopulationShare::of([]).unwrap().municipalities.ratio(), None);
        assert_eq!(weighted_mean(&[], &[]), Err(Undefined::NoData));
        assert_eq!(weighted_mean(&[1.0, 2.0], &[0.0, 0.0]), Err(Undefined::OutOfRange));
        assert_eq!(weighted_mean(&[1.0, 2.0], &[3.0, -1.0]), Err(Undefined::OutOfRange));
        assert_eq!(weighted_mean(&[1.0, 2.0], &[3.0]), Err(Undefined::LengthsDiffer));
    }

    proptest! {
        #[test]
        fn a_weight_is_as_many_of_the_same_value(pairs in prop::collection::vec((-100_i32..100, 1_u32..9), 1..20)) {
            let (values, weights): (Vec<f64>, Vec<f64>) = pairs.iter().map(|(x, w)| (f64::from(*x), f64::from(*w))).unzip();
            let repeated: Vec<f64> = pairs.iter().flat_map(|(x, w)| vec![f64::from(*x); *w as usize]).collect();
            let (weighted, plain) = (
                weighted_mean(&values, &weights).unwrap(),
                weighted_mean(&repeated, &vec![1.0; repeated.len()]).unwrap(),
            );
            prop_assert!((weighted.mean - plain.mean).abs() < 1e-9);
            prop_assert!((weighted.variance - plain.variance).abs() < 1e-7);
        }
    }
}
