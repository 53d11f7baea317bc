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

    /// The exact ratio as a double; `None` for a denominator of 0.
    pub fn ratio(self) -> Option<f64> {
        (self.denominator > 0).then(|| f64::from(self.numerator) / f64::from(self.denominator))
    }

    /// Tenths of a per cent, rounded half up; `None` for a denominator of 0.
    pub fn permille(self) -> Option<u32> {
        let tenths = half_up(1000 * i128::from(self.numerator), i128::from(self.denominator))?;
        u32::try_from(tenths).ok()
    }

    /// Per cent with `decimals` places (9 at most), rounded half up from the exact ratio: `27.5`; `None` for a
    /// denominator of 0.
    ///
    /// 四捨五入, as official tables do, never half to even and never through a double: 107/4000 is 2.675 % exactly,
    /// hence 2.68, where the nearest double lies below and gives 2.67. Formula: ⌊(2·100·10ᵈ·x + n) / 2n⌋ / 10ᵈ, in integers.
    pub fn percent(self, decimals: u8) -> Option<String> {
        let places = usize::from(decimals.min(9));
        let unit = 10_i128.pow(u32::from(decimals.min(9)));
        let scaled = half_up(100 * unit * i128::from(self.numerator), i128::from(self.denominator))?;
        let (whole, part) = (scaled / unit, scaled % unit);
        Some(if places == 0 { whole.to_string() } else { format!("{whole}.{part:0places$}") })
    }

    /// The exact difference to `earlier`; `None` where either has no value.
    pub fn since(self, earlier: Self) -> Option<Difference> {
        let (a, b) = (i128::from(self.numerator), i128::from(self.denominator));
        let (c, d) = (i128::from(earlier.numerator), i128::from(earlier.denominator));
        (b * d > 0).then_some(Difference { numerator: a * d - c * b, denominator: b * d })
    }

    /// The difference to `earlier`, taken before rounding; `None` where either has no value.
    pub fn points_since(self, earlier: Self) -> Option<Points> {
        self.since(earlier)?.points()
    }
}

/// `numerator / denominator` rounded half up in size, so that a rise and the same fall read alike; `None` for a
/// denominator of 0.
fn half_up(numerator: i128, denominator: i128) -> Option<i128> {
    (denominator > 0).then(|| (2 * numerator.abs() + denominator) / (2 * denominator) * numerator.signum())
}

/// Tenths of a per cent, or of a point, of a ratio that is kept as a double, rounded half up in size: 62.5 becomes 63 where
/// `{:.0}` gives 62.
///
/// For what is no single ratio of counts (ends of intervals, weighted means). A ratio of counts with a denominator below
/// 10⁸ comes out as in [`Share::permille`]: none lies within 10⁻⁹ of a half without being one.
#[expect(clippy::cast_possible_truncation, reason = "ratios lie within ±1")]
pub fn tenths_of(ratio: f64) -> i32 {
    let size = (ratio.abs() * 1000.0 + 0.5 + 1e-9).floor() as i32;
    if ratio < 0.0 { -size } else { size }
}

/// The exact difference of two shares: only its display is rounded, its sign never is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Difference {
    numerator: i128,
    denominator: i128,
}

impl Difference {
    /// Rounded half up to tenths of a point; `None` where that is out of range.
    pub fn points(self) -> Option<Points> {
        half_up(1000 * self.numerator, self.denominator).and_then(|tenths| i32::try_from(tenths).ok()).map(Points)
    }

    /// Compared with no difference, from the exact ratio.
    pub fn sign(self) -> Ordering {
        self.numerator.cmp(&0)
    }

    /// As a double: 0.025 for 2.5 points.
    #[expect(clippy::cast_precision_loss, reason = "the nearest double is what is asked for")]
    pub fn ratio(self) -> f64 {
        self.numerator as f64 / self.denominator as f64
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
    fn ratios_kept_as_doubles_are_rounded_as_shares_are() {
        for denominator in 1..=800 {
            for numerator in 0..=denominator {
                let share = Share::new(numerator, denominator);
                let tenths = share.ratio().map(tenths_of).and_then(|tenths| u32::try_from(tenths).ok());
                assert_eq!(tenths, share.permille(), "{numerator}/{denominator}");
            }
        }
        assert_eq!([-0.0625, -0.000_1, 0.0].map(tenths_of), [-63, 0, 0]);
    }

    #[test]
    fn per_cents_are_rounded_half_up_at_any_place() {
        assert_eq!(Share::new(5, 40).percent(0).as_deref(), Some("13"));
        assert_eq!(Share::new(11, 40).percent(1).as_deref(), Some("27.5"));
        assert_eq!(Share::new(107, 4000).percent(2).as_deref(), Some("2.68"));
        assert_eq!(Share::new(40, 40).percent(1).as_deref(), Some("100.0"));
        assert_eq!(Share::new(1, 1741).percent(3).as_deref(), Some("0.057"));
        assert_eq!(Share::new(0, 0).percent(1), None);
    }

    #[test]
    fn a_difference_too_small_to_show_keeps_its_sign() {
        let tiny = Share::new(1, 1741).since(Share::new(1, 1742)).unwrap();
        assert_eq!((tiny.points(), tiny.sign()), (Some(Points(0)), Ordering::Greater));
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
