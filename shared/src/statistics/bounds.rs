//! 上下限: what the undetermined municipalities leave open, without any assumption about them.
//!
//! Manski, C. F. (1989) "Anatomy of the Selection Problem", Journal of Human Resources 24(3), 343–360. The bounds
//! themselves are [`Outcome::share`] and [`Outcome::upper`]; here they are exact ratios and differences, for exports.
//! They are right on a complete census too, where both ends meet.

use std::cmp::Ordering;

use crate::indicator::Outcome;
use crate::share::{Difference, Share};

/// The level of one year. Shares are exact; one without a denominator has no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Level {
    /// x / N: nobody undetermined is engaged. Also what is confirmed of all municipalities.
    pub lower: Share,
    /// (N − y) / N: everybody undetermined is engaged.
    pub upper: Share,
    /// x / n: secondary, never in place of the bounds.
    pub among_respondents: Share,
    /// n / N
    pub response_rate: Share,
}

/// The bounds of one year.
pub fn level(outcome: &Outcome) -> Level {
    Level {
        lower: outcome.share(),
        upper: outcome.upper(),
        among_respondents: outcome.among_respondents(),
        response_rate: Share::new(outcome.respondents, outcome.register),
    }
}

/// The change between two years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// L₂ − U₁
    pub lower: Difference,
    /// U₂ − L₁
    pub upper: Difference,
}

impl Change {
    /// Whether every completion of what is undetermined changes in the same direction, or nothing is undetermined and
    /// nothing changed. Decided from the exact ratios: a change too small to be shown has a sign as well.
    pub fn sign_is_known(&self) -> bool {
        match (self.lower.sign(), self.upper.sign()) {
            (Ordering::Greater, _) | (_, Ordering::Less) => true,
            (lower, upper) => lower == Ordering::Equal && upper == Ordering::Equal,
        }
    }
}

/// The bounds of the change from `earlier` to `later`; `None` where a year has nobody on the register.
///
/// They hold whoever is undetermined: no use is made of a municipality being undetermined, or determined, in both years.
pub fn change(earlier: &Outcome, later: &Outcome) -> Option<Change> {
    Some(Change { lower: later.share().since(earlier.upper())?, upper: later.upper().since(earlier.share())? })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn outcome(engaged: u32, respondents: u32, register: u32) -> Outcome {
        Outcome { engaged, not_engaged: respondents - engaged, register, respondents }
    }

    #[test]
    fn two_complete_years_meet_in_one_exact_change() {
        let change = change(&outcome(6, 40, 40), &outcome(11, 40, 40)).unwrap();
        assert_eq!(change.lower, change.upper);
        assert!((change.lower.ratio() - 0.125).abs() < 1e-15);
        assert!(change.sign_is_known());
    }

    #[test]
    fn a_change_that_rounds_to_nothing_is_not_called_none() {
        // Between −0.033 and +0.033 points: shown as 0.0 both, and its sign is open.
        let change =
            change(&outcome(870, 1741, 1741), &Outcome { register: 1742, ..outcome(870, 1741, 1741) }).unwrap();
        assert_eq!(change.lower.points().map(|p| p.0), Some(0));
        assert!(!change.sign_is_known());
    }

    #[test]
    fn a_year_without_a_register_has_no_change() {
        assert_eq!(change(&Outcome::default(), &outcome(1, 2, 3)), None);
    }

    proptest! {
        #[test]
        fn the_change_lies_within_its_bounds(
            n in 1_u32..60,
            known in prop::array::uniform2((0.0_f64..=1.0, 0.0_f64..=1.0, 0.0_f64..=1.0)),
        ) {
            let part = |of: u32, share: f64| (0..=of).rfind(|k| f64::from(*k) <= share * f64::from(of)).unwrap();
            let [earlier, later] = known.map(|(answered, yes, hidden)| {
                let respondents = part(n, answered);
                let partial = outcome(part(respondents, yes), respondents, n);
                (partial, outcome(partial.engaged + part(n - respondents, hidden), n, n))
            });
            let bounds = change(&earlier.0, &later.0).unwrap();
            let truth = later.1.share().since(earlier.1.share()).unwrap().ratio();
            prop_assert!(bounds.lower.ratio() <= truth && truth <= bounds.upper.ratio());
            if bounds.sign_is_known() {
                prop_assert!(bounds.lower.ratio() * bounds.upper.ratio() >= 0.0);
            }
        }
    }
}
