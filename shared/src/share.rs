//! Shares of a whole, kept as the exact ratio until they are shown.

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Serialize};

/// `numerator / denominator`, in municipalities (or whatever is counted).
///
/// Shown rounded half up to one decimal of a per cent from the exact ratio; `n / 0` is shown as 「－」
/// (the full-width hyphen, which survives CP932).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// Counted.
    pub numerator: u32,
    /// Out of.
    pub denominator: u32,
}

impl Share {
    /// `numerator` out of `denominator`.
    pub fn new(numerator: u32, denominator: u32) -> Self {
        Self { numerator, denominator }
    }

    /// Tenths of a per cent, rounded half up; `None` for a denominator of 0.
    pub fn permille(self) -> Option<u32> {
        let (n, d) = (u64::from(self.numerator), u64::from(self.denominator));
        if d == 0 {
            return None;
        }
        u32::try_from((2000 * n + d) / (2 * d)).ok()
    }

    /// The difference to `earlier`, taken before rounding; `None` where either has no value.
    pub fn points_since(self, earlier: Self) -> Option<Points> {
        let (a, b) = (i128::from(self.numerator), i128::from(self.denominator));
        let (c, d) = (i128::from(earlier.numerator), i128::from(earlier.denominator));
        let denominator = b * d;
        if denominator == 0 {
            return None;
        }
        let numerator = a * d - c * b;
        // Half up in size, so that a rise and the same fall read alike.
        let tenths = (2000 * numerator.abs() + denominator) / (2 * denominator) * numerator.signum();
        i32::try_from(tenths).ok().map(Points)
    }
}

/// 「67.5％」
impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.permille() {
            Some(permille) => write!(f, "{}.{}％", permille / 10, permille % 10),
            None => f.write_str("－"),
        }
    }
}

/// A difference of two shares in tenths of a percentage point (ポイント).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Points(pub i32);

/// 「＋2.5ポイント」「△2.5ポイント」「±0.0ポイント」
impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match self.0.cmp(&0) {
            Ordering::Less => '△',
            Ordering::Equal => '±',
            Ordering::Greater => '＋',
        };
        let tenths = self.0.unsigned_abs();
        write!(f, "{sign}{}.{}ポイント", tenths / 10, tenths % 10)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_rounded_half_up_from_the_exact_ratio() {
        assert_eq!(Share::new(27, 40).to_string(), "67.5％");
        assert_eq!(Share::new(1, 3).to_string(), "33.3％");
        assert_eq!(Share::new(2, 3).to_string(), "66.7％");
        // 0.25 % and 12.25 % lie exactly between two tenths.
        assert_eq!(Share::new(1, 400).to_string(), "0.3％");
        assert_eq!(Share::new(49, 400).to_string(), "12.3％");
        assert_eq!(Share::new(0, 0).to_string(), "－");
        assert_eq!(Share::new(0, 40).to_string(), "0.0％");
    }

    #[test]
    fn differences_are_taken_before_rounding() {
        // 66.67 − 33.33 is 33.3, although the rounded shares differ by 33.4.
        assert_eq!(Share::new(2, 3).points_since(Share::new(1, 3)), Some(Points(333)));
        assert_eq!(Share::new(11, 40).points_since(Share::new(9, 40)).unwrap().to_string(), "＋5.0ポイント");
        assert_eq!(Share::new(9, 40).points_since(Share::new(11, 40)).unwrap().to_string(), "△5.0ポイント");
        assert_eq!(Share::new(9, 40).points_since(Share::new(9, 40)).unwrap().to_string(), "±0.0ポイント");
        assert_eq!(Share::new(1, 40).points_since(Share::new(0, 0)), None);
    }
}
