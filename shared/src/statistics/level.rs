//! Confidence levels and intervals.

use super::Undefined;
use super::distribution::normal_quantile;

/// 信頼水準: strictly between 0 and 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Level(f64);

impl Level {
    /// 95 %
    pub const P95: Self = Self(0.95);

    /// Parses a level such as 0.95. [`Undefined::OutOfRange`] unless 0 < level < 1.
    pub fn parse(level: f64) -> Result<Self, Undefined> {
        if level > 0.0 && level < 1.0 { Ok(Self(level)) } else { Err(Undefined::OutOfRange) }
    }

    /// As a share of 1.
    pub fn get(self) -> f64 {
        self.0
    }

    /// The probability left out on each side: 0.025 for 95 %.
    pub(super) fn tail(self) -> f64 {
        (1.0 - self.0) / 2.0
    }

    /// The normal quantile of a two-sided interval: 1.96 for 95 %.
    pub(super) fn z(self) -> f64 {
        normal_quantile(1.0 - self.0)
    }
}

/// A closed interval of shares (0.15 for 15 %) or of differences of shares.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub lower: f64,
    /// Upper end.
    pub upper: f64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_lies_strictly_between_0_and_1() {
        assert!(Level::parse(0.95).is_ok());
        for level in [0.0, 1.0, 95.0, -0.1, f64::NAN] {
            assert_eq!(Level::parse(level), Err(Undefined::OutOfRange));
        }
    }

    #[test]
    fn the_quantile_of_95_per_cent_is_the_tabulated_one() {
        assert!((Level::P95.z() - 1.959_963_984_540_054).abs() < 1e-14);
    }
}
