//! McNemar's test: did the same municipalities change from one year to the next more in one direction?
//!
//! Of `[[a, b], [c, d]]`, rows the first year (yes, no), columns the second, only those that changed count: b stopped, c
//! started. Without a tendency each of the b + c changed either way with probability 1/2. **Not for a complete census
//! without a chance model** ([`super::ChanceModel::Superpopulation`]); the counts b and c are the finding. Misuse for
//! different municipalities in the two years, or after a break of the definition.
//!
//! McNemar, Q. (1947) Psychometrika 12, 153–157.

use super::distribution::{chi_square_upper, fair_coins};

/// The changes between two years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Changes {
    /// Yes, then no.
    pub stopped: u32,
    /// No, then yes.
    pub started: u32,
}

impl Changes {
    /// Of the table `[[yes then yes, yes then no], [no then yes, no then no]]`.
    pub fn of([[_, stopped], [started, _]]: [[u32; 2]; 2]) -> Self {
        Self { stopped, started }
    }

    /// b + c: all that the test is about.
    pub fn discordant(self) -> u64 {
        u64::from(self.stopped) + u64::from(self.started)
    }

    /// The exact test: 2·P(X ≤ min(b, c)) for b + c fair coins, at most 1. Nobody changed: 1. Conservative.
    pub fn exact(self) -> f64 {
        (2.0 * self.lower_tail().0).min(1.0)
    }

    /// The exact test with half the probability of the observed outcome: 2·P(X ≤ min(b, c)) − P(X = min(b, c));
    /// 1 − P(X = b) where b = c. Nobody changed: 1. Near its level on average instead of always below it.
    ///
    /// Fagerland, M. W., Lydersen, S. & Laake, P. (2013) BMC Medical Research Methodology 13, 91.
    pub fn mid_p(self) -> f64 {
        let (at_most, at) = self.lower_tail();
        match self.discordant() {
            0 => 1.0,
            _ if self.stopped == self.started => 1.0 - at,
            _ => (2.0 * at_most - at).min(1.0),
        }
    }

    /// The approximation χ² = (|b − c| − 1)²/(b + c), without the 1 unless `continuity`, with one degree of freedom;
    /// `None` where nobody changed. As in statsmodels the 1 is taken off even where b = c. For b + c of 25 or more;
    /// [`Self::exact`] and [`Self::mid_p`] have no such limit.
    pub fn chi_square(self, continuity: bool) -> Option<McnemarChiSquare> {
        let distance = f64::from(self.stopped.abs_diff(self.started)) - f64::from(u8::from(continuity));
        let discordant = f64::from(self.stopped) + f64::from(self.started);
        let statistic = distance * distance / discordant;
        (discordant > 0.0).then(|| McnemarChiSquare { statistic, p_value: chi_square_upper(statistic, 1) })
    }

    fn lower_tail(self) -> (f64, f64) {
        // Both counts are municipalities: their sum stays far below 2³².
        fair_coins(self.stopped.min(self.started), self.stopped.saturating_add(self.started))
    }
}

/// The result of the χ² approximation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct McnemarChiSquare {
    /// χ²
    pub statistic: f64,
    /// P(χ² or more) without a tendency.
    pub p_value: f64,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_prime_minister_s_approval_changes_as_printed() {
        // Agresti, A. (2002) Categorical Data Analysis, 2nd ed., section 10.1: 150 and 86 changed, z² = 17.36.
        let changes = Changes::of([[794, 150], [86, 570]]);
        assert_eq!(changes.discordant(), 236);
        let result = changes.chi_square(false).unwrap();
        assert_eq!(format!("{:.2}", result.statistic), "17.36");
        assert!(result.p_value < 0.0001 && changes.exact() < 0.0001);
    }

    #[test]
    fn seven_changes_are_counted_by_hand() {
        // One of seven coins or fewer: 8/128 on each side; half of 7/128 twice is taken off for mid-p.
        let changes = Changes::of([[5, 1], [6, 28]]);
        assert!((changes.exact() - 16.0 / 128.0).abs() < 1e-15);
        assert!((changes.mid_p() - 9.0 / 128.0).abs() < 1e-15);
    }

    #[test]
    fn nobody_changing_is_no_evidence_and_has_no_approximation() {
        let none = Changes { stopped: 0, started: 0 };
        assert_eq!((none.exact(), none.mid_p(), none.chi_square(true)), (1.0, 1.0, None));
    }

    #[test]
    fn a_million_changes_are_computed() {
        let many = Changes { stopped: 500_000, started: 501_000 };
        let approximate = many.chi_square(true).unwrap().p_value;
        assert!((many.exact() - approximate).abs() < 1e-5);
    }

    proptest! {
        #[test]
        fn the_direction_does_not_matter_and_mid_p_is_never_the_more_cautious(stopped in 0_u32..200, started in 0_u32..200) {
            let (one, other) = (Changes { stopped, started }, Changes { stopped: started, started: stopped });
            prop_assert_eq!((one.exact(), one.mid_p()), (other.exact(), other.mid_p()));
            prop_assert!((0.0..=1.0).contains(&one.exact()) && (0.0..=1.0).contains(&one.mid_p()));
            prop_assert!(one.mid_p() <= one.exact());
        }

        #[test]
        fn more_of_the_same_changes_are_more_evidence(stopped in 0_u32..50, started in 60_u32..120) {
            let (less, more) = (Changes { stopped, started }, Changes { stopped, started: started + 1 });
            prop_assert!(more.exact() < less.exact());
        }
    }
}
