//! 頑健zスコア: how far a value lies from the middle of all, in a measure that outliers do not stretch.
//!
//! Describes, **complete census** or not. Misuse as a test: a value far away may be right, and asks for a second look.

use super::Undefined;
use super::quantile::{QuantileType, quantiles};

/// Fewer values than this have no spread that one of them could be held against.
pub const FEWEST: usize = 10;
/// Beyond this score a value is told as an outlier.
pub const LIMIT: f64 = 3.5;
/// The expected MAD of a standard normal distribution: the score is a z-score where values are normal.
const MAD_OF_NORMAL: f64 = 0.6745;

/// The middle and the spread of some values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// Median.
    pub median: f64,
    /// Median of the absolute deviations from it; never 0.
    pub mad: f64,
    /// How many values there are.
    pub n: usize,
}

impl Spread {
    /// The spread of values in any order.
    ///
    /// [`Undefined::TooFew`] for fewer than [`FEWEST`], [`Undefined::NoVariation`] where at least half of them are the
    /// median: every other value would be infinitely far away.
    pub fn of(values: &[f64]) -> Result<Self, Undefined> {
        let n = values.len();
        if n < FEWEST {
            return Err(Undefined::TooFew { needed: FEWEST, found: n });
        }
        let median = middle(values)?;
        let deviations: Vec<f64> = values.iter().map(|value| (value - median).abs()).collect();
        let mad = middle(&deviations)?;
        if mad > 0.0 { Ok(Self { median, mad, n }) } else { Err(Undefined::NoVariation) }
    }

    /// The modified z-score 0.6745·(x − median)/MAD.
    ///
    /// Iglewicz, B. & Hoaglin, D. C. (1993) How to Detect and Handle Outliers. ASQC Quality Press, with the
    /// [`LIMIT`] that they recommend.
    pub fn score(&self, value: f64) -> f64 {
        MAD_OF_NORMAL * (value - self.median) / self.mad
    }
}

fn middle(values: &[f64]) -> Result<f64, Undefined> {
    Ok(quantiles(values, &[0.5], QuantileType::Type7)?[0])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_value_is_measured_by_the_median_deviation() {
        // Median 5.5; deviations 0.5 0.5 1.5 1.5 2.5 2.5 3.5 3.5 4.5 94.5, of which the middle is 2.5.
        let spread = Spread::of(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 100.0]).unwrap();
        assert_eq!(spread, Spread { median: 5.5, mad: 2.5, n: 10 });
        assert!((spread.score(100.0) - 0.6745 * 94.5 / 2.5).abs() < 1e-12 && spread.score(100.0) > LIMIT);
        assert!(spread.score(9.0) < LIMIT && spread.score(5.5).abs() < 1e-12 && spread.score(1.0) < 0.0);
    }

    #[test]
    fn few_values_and_values_that_agree_have_no_spread() {
        assert_eq!(Spread::of(&[1.0; 9]), Err(Undefined::TooFew { needed: 10, found: 9 }));
        let mut values = vec![4.0; 6];
        values.extend([1.0, 2.0, 3.0, 1000.0]);
        assert_eq!(Spread::of(&values), Err(Undefined::NoVariation));
        assert_eq!(Spread::of(&[f64::NAN; 10]), Err(Undefined::NotFinite));
    }

    proptest! {
        #[test]
        fn neither_unit_nor_origin_matters_and_half_of_all_lie_within_one_mad(
            values in proptest::collection::vec(-1000_i32..1000, 10..60), scale in 1_i32..50, shift in -100_i32..100,
        ) {
            let plain: Vec<f64> = values.iter().map(|value| f64::from(*value)).collect();
            let moved: Vec<f64> = plain.iter().map(|value| value * f64::from(scale) + f64::from(shift)).collect();
            let (Ok(one), Ok(other)) = (Spread::of(&plain), Spread::of(&moved)) else {
                prop_assert!(Spread::of(&plain).is_err() && Spread::of(&moved).is_err());
                return Ok(());
            };
            for (value, moved) in plain.iter().zip(&moved) {
                prop_assert!((one.score(*value) - other.score(*moved)).abs() < 1e-9);
            }
            let within = plain.iter().filter(|value| one.score(**value).abs() <= 0.6745 + 1e-9).count();
            prop_assert!(2 * within >= plain.len());
        }
    }
}
