//! Exact decimal results: sums and quantiles of numbers that were typed exactly.

use std::cmp::Ordering;
use std::fmt;

use serde::{Serialize, Serializer};

use crate::response::Decimal;

/// `mantissa / 10^scale`, without trailing zeros. Sums of any number of [`Decimal`]s (15 digits each) fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Exact {
    mantissa: i128,
    scale: u8,
}

impl Exact {
    /// `mantissa / 10^scale`
    pub fn new(mut mantissa: i128, mut scale: u8) -> Self {
        while scale > 0 && mantissa % 10 == 0 {
            mantissa /= 10;
            scale -= 1;
        }
        Self { mantissa, scale }
    }

    /// The mantissa at a scale that is not smaller than its own.
    pub(super) fn at_scale(self, scale: u8) -> i128 {
        self.mantissa * 10_i128.pow(u32::from(scale.saturating_sub(self.scale)))
    }

    /// Decimal places.
    pub fn scale(self) -> u8 {
        self.scale
    }

    /// Rounded half up in size to that many decimal places.
    #[must_use]
    pub fn rounded(self, places: u8) -> Self {
        let Some(too_many) = self.scale.checked_sub(places).filter(|places| *places > 0) else { return self };
        let unit = 10_i128.pow(u32::from(too_many));
        let magnitude = (2 * self.mantissa.abs() + unit) / (2 * unit);
        Self::new(magnitude * self.mantissa.signum(), places)
    }

    /// The nearest double, for scales of pictures.
    #[expect(clippy::cast_precision_loss, reason = "a picture needs no more than a double holds")]
    pub fn to_f64(self) -> f64 {
        self.mantissa as f64 / 10_f64.powi(i32::from(self.scale))
    }
}

impl From<Decimal> for Exact {
    fn from(number: Decimal) -> Self {
        let (mantissa, scale) = number.parts();
        Self::new(i128::from(mantissa), scale)
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Self) -> Ordering {
        let scale = self.scale.max(other.scale);
        self.at_scale(scale).cmp(&other.at_scale(scale))
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// 「1234.5」, without thousands separators.
impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.mantissa < 0 { "-" } else { "" };
        let magnitude = self.mantissa.unsigned_abs();
        let scale = usize::from(self.scale);
        if scale == 0 {
            return write!(f, "{sign}{magnitude}");
        }
        let unit = 10_u128.pow(u32::from(self.scale));
        write!(f, "{sign}{}.{:0scale$}", magnitude / unit, magnitude % unit)
    }
}

/// As text, so that no reader rounds it.
impl Serialize for Exact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_is_half_up_in_size_and_adds_no_digits() {
        for (number, expected) in [
            (Exact::new(2_675, 3), "2.68"),
            (Exact::new(-2_675, 3), "-2.68"),
            (Exact::new(2_674_999, 6), "2.67"),
            (Exact::new(45, 1), "4.5"),
            (Exact::new(4, 3), "0"),
            (Exact::new(1_234_567, 0), "1234567"),
        ] {
            assert_eq!(number.rounded(2).to_string(), expected);
        }
    }
}
