//! Counts as doubles, and the checks every method begins with.

use super::Undefined;

/// A count as a double: exact up to 2⁵³.
#[expect(clippy::cast_precision_loss, reason = "counts of municipalities and pairs of them are far below 2^53")]
pub(super) fn count(n: usize) -> f64 {
    n as f64
}

/// An exact integer as the nearest double.
#[expect(clippy::cast_precision_loss, reason = "integers are exact until the last step, where a double is the result")]
pub(super) fn nearest(n: i128) -> f64 {
    n as f64
}

/// The whole part of a place in a list, 0 for what is negative.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "places lie within a list")]
pub(super) fn whole(place: f64) -> usize {
    place as usize
}

/// Refuses nothing at all, and what is no number.
pub(super) fn check(values: &[f64]) -> Result<(), Undefined> {
    if values.is_empty() {
        return Err(Undefined::NoData);
    }
    if values.iter().all(|value| value.is_finite()) { Ok(()) } else { Err(Undefined::NotFinite) }
}

/// [`check`] of both halves of pairs.
pub(super) fn check_pairs(x: &[f64], y: &[f64]) -> Result<(), Undefined> {
    if x.len() != y.len() {
        return Err(Undefined::LengthsDiffer);
    }
    check(x)?;
    check(y)
}

/// [`check_pairs`] where the second halves are weights: none negative, not all 0. Returns their sum.
pub(super) fn check_weights(x: &[f64], weights: &[f64]) -> Result<f64, Undefined> {
    check_pairs(x, weights)?;
    if weights.iter().any(|weight| *weight < 0.0) {
        return Err(Undefined::OutOfRange);
    }
    let sum: f64 = weights.iter().sum();
    if sum > 0.0 && sum.is_finite() { Ok(sum) } else { Err(Undefined::OutOfRange) }
}

/// Least and greatest value of a list that is not empty.
pub(super) fn extremes(values: &[f64]) -> (f64, f64) {
    values.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), v| (least.min(*v), most.max(*v)))
}
