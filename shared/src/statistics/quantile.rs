//! 分位数 of values that are doubles: weights, scores, distances.
//!
//! They describe and may be shown **on a complete census**. Misuse for few values: below ten the points themselves say
//! more. Numbers typed into the questionnaire have their exact quantiles in the tabulation.

use std::cmp::Ordering;

use super::Undefined;
use super::numeric::{check, count, whole};

/// Where a quantile lies between the values, by Hyndman and Fan's numbering. Other programs' defaults differ: R, numpy
/// and Excel's QUARTILE.INC use type 7, SPSS and QUARTILE.EXC type 6, statrs type 8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuantileType {
    /// Weibull: at (n + 1)·p, not beyond the extremes.
    Type6,
    /// Linear between the extremes: at 1 + (n − 1)·p.
    Type7,
}

/// The quantiles of `values` (in any order) at `probabilities` in 0–1.
///
/// Linear between the two values around the place h, 1 ≤ h ≤ n. One value is each of its quantiles.
///
/// Hyndman, R. J. & Fan, Y. (1996) The American Statistician 50, 361–365.
///
/// [`Undefined::NoData`] for no value, [`Undefined::OutOfRange`] for a probability outside 0–1.
pub fn quantiles(values: &[f64], probabilities: &[f64], kind: QuantileType) -> Result<Vec<f64>, Undefined> {
    check(values)?;
    if probabilities.iter().any(|p| !(0.0..=1.0).contains(p)) {
        return Err(Undefined::OutOfRange);
    }
    let mut ascending = values.to_vec();
    ascending.sort_by(|a, b| a.partial_cmp(b).unwrap_or(Ordering::Equal));
    let n = count(ascending.len());
    // Places from 0.
    let place = |p: f64| match kind {
        QuantileType::Type6 => (n + 1.0) * p - 1.0,
        QuantileType::Type7 => (n - 1.0) * p,
    };
    Ok(probabilities.iter().map(|p| between(&ascending, place(*p))).collect())
}

/// The value at a place that may lie between two, or beyond the ends. The list is not empty.
fn between(ascending: &[f64], place: f64) -> f64 {
    let last = ascending.len() - 1;
    let place = place.clamp(0.0, count(last));
    let below = whole(place);
    let (low, high) = (ascending[below], ascending[(below + 1).min(last)]);
    low + (place - count(below)) * (high - low)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::numeric::extremes;
    use super::*;

    #[test]
    fn the_two_types_part_at_the_quartiles() {
        let values = [1.0, 2.0, 4.0, 7.0, 11.0, 16.0];
        // (n + 1)·p = 1.75 and 5.25; 1 + (n − 1)·p = 2.25 and 4.75.
        assert_eq!(quantiles(&values, &[0.25, 0.5, 0.75], QuantileType::Type6), Ok(vec![1.75, 5.5, 12.25]));
        assert_eq!(quantiles(&values, &[0.25, 0.5, 0.75], QuantileType::Type7), Ok(vec![2.5, 5.5, 10.0]));
    }

    #[test]
    fn one_value_is_all_its_quantiles_and_nothing_has_none() {
        assert_eq!(quantiles(&[5.0], &[0.0, 0.5, 1.0], QuantileType::Type6), Ok(vec![5.0; 3]));
        assert_eq!(quantiles(&[], &[0.5], QuantileType::Type7), Err(Undefined::NoData));
        assert_eq!(quantiles(&[1.0], &[1.5], QuantileType::Type7), Err(Undefined::OutOfRange));
    }

    proptest! {
        #[test]
        fn quantiles_rise_from_the_least_to_the_greatest_value(
            values in prop::collection::vec(-1e3_f64..1e3, 1..30), six in any::<bool>(),
        ) {
            let kind = if six { QuantileType::Type6 } else { QuantileType::Type7 };
            let steps: Vec<f64> = (0..=20).map(|i| f64::from(i) / 20.0).collect();
            let found = quantiles(&values, &steps, kind).unwrap();
            prop_assert!(found.is_sorted_by(|a, b| *a <= b + 1e-9));
            prop_assert_eq!((found[0], found[20]), extremes(&values));
            // Turned around, a quantile is the one from the other side.
            let mirrored: Vec<f64> = values.iter().map(|v| -v).collect();
            for (p, value) in steps.iter().zip(&found) {
                prop_assert!((quantiles(&mirrored, &[1.0 - p], kind).unwrap()[0] + value).abs() < 1e-9);
            }
        }
    }
}
