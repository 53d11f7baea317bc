//! Value to pixel, with plotters' coordinates.

use plotters::coord::ranged1d::{KeyPointHint, Ranged};
use plotters::coord::types::RangedCoordi32;
use shared::share::Share;

/// A linear axis from values to whole pixels.
#[derive(Clone)]
pub struct Scale {
    values: RangedCoordi32,
    pixels: (i32, i32),
}

impl Scale {
    /// Maps `values.0..values.1` to `pixels.0..pixels.1`; a vertical axis has its greater pixel first.
    pub fn new(values: (i32, i32), pixels: (i32, i32)) -> Self {
        Self { values: (values.0..values.1).into(), pixels }
    }

    /// Shares from 0 to 100 %, in tenths of a per cent.
    pub fn of_shares(pixels: (i32, i32)) -> Self {
        Self::new((0, 1000), pixels)
    }

    /// Where a value lies.
    pub fn at(&self, value: i32) -> i32 {
        self.values.map(&value, self.pixels)
    }

    /// Where a share lies; `None` where it has no value.
    pub fn at_share(&self, share: Share) -> Option<i32> {
        share.permille().and_then(|permille| i32::try_from(permille).ok()).map(|permille| self.at(permille))
    }

    /// At most that many round values along the axis.
    pub fn ticks(&self, hint: impl KeyPointHint) -> Vec<i32> {
        self.values.key_points(hint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_lie_in_proportion_and_nothing_has_no_place() {
        let scale = Scale::of_shares((300, 20));
        assert_eq!(scale.at_share(Share::new(0, 40)), Some(300));
        assert_eq!(scale.at_share(Share::new(20, 40)), Some(160));
        assert_eq!(scale.at_share(Share::new(40, 40)), Some(20));
        assert_eq!(scale.at_share(Share::new(0, 0)), None);
    }
}
