//! An indicator's value in one year: counts, bounds and change.

use std::iter::Sum;

use serde::{Deserialize, Serialize};

use super::definition::Engagement;
use crate::share::{Points, Share};
use crate::statistics::bounds;

/// The counts of one definition in one round. All counts are municipalities.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Confirmed engaged.
    pub engaged: u32,
    /// Confirmed not engaged.
    pub not_engaged: u32,
    /// The denominator: all on the register, less those that the definition leaves out.
    pub register: u32,
    /// Of them handed in (submitted or accepted).
    pub respondents: u32,
}

impl Outcome {
    /// Counts the register's municipalities, each with whether it responded.
    pub fn count(municipalities: impl IntoIterator<Item = (Engagement, bool)>) -> Self {
        let mut outcome = Self::default();
        for (engagement, responded) in municipalities {
            outcome.register += 1;
            outcome.respondents += u32::from(responded);
            match engagement {
                Engagement::Engaged => outcome.engaged += 1,
                Engagement::NotEngaged => outcome.not_engaged += 1,
                Engagement::Undetermined => {}
            }
        }
        outcome
    }

    /// Neither confirmed engaged nor confirmed not engaged.
    pub fn undetermined(&self) -> u32 {
        self.register.saturating_sub(self.engaged + self.not_engaged)
    }

    /// The headline: confirmed engaged out of the register. Also the lower bound.
    pub fn share(&self) -> Share {
        Share::new(self.engaged, self.register)
    }

    /// The upper bound: all that is undetermined turns out engaged.
    ///
    /// Worst-case bounds: Manski, C. F. (1989) "Anatomy of the Selection Problem", J. Human Resources 24(3).
    pub fn upper(&self) -> Share {
        Share::new(self.register.saturating_sub(self.not_engaged), self.register)
    }

    /// Secondary: confirmed engaged among those that responded. Never replaces [`Self::share`].
    pub fn among_respondents(&self) -> Share {
        Share::new(self.engaged, self.respondents)
    }

    /// The change since an earlier year: `[L2 − U1, U2 − L1]`.
    pub fn change_since(&self, earlier: &Self) -> Option<Change> {
        let bounds = bounds::change(earlier, self)?;
        Some(Change {
            confirmed: self.share().points_since(earlier.share())?,
            lower: bounds.lower.points()?,
            upper: bounds.upper.points()?,
            sign_known: bounds.sign_is_known(),
        })
    }
}

impl Sum for Outcome {
    fn sum<I: Iterator<Item = Self>>(outcomes: I) -> Self {
        outcomes.fold(Self::default(), |sum, outcome| Self {
            engaged: sum.engaged + outcome.engaged,
            not_engaged: sum.not_engaged + outcome.not_engaged,
            register: sum.register + outcome.register,
            respondents: sum.respondents + outcome.respondents,
        })
    }
}

/// A change between two years in percentage points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Difference of the confirmed shares.
    pub confirmed: Points,
    /// Least possible change.
    pub lower: Points,
    /// Greatest possible change.
    pub upper: Points,
    sign_known: bool,
}

impl Change {
    /// Whether every completion of what is undetermined changes in the same direction; see
    /// [`bounds::Change::sign_is_known`].
    pub fn sign_is_known(&self) -> bool {
        self.sign_known
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_undetermined_widens_the_bounds() {
        let outcome = Outcome { engaged: 33, not_engaged: 5, register: 40, respondents: 38 };
        assert_eq!(outcome.share().to_string(), "82.5％");
        assert_eq!(outcome.upper().to_string(), "87.5％");
        assert_eq!(outcome.among_respondents().to_string(), "86.8％");
        assert_eq!(outcome.undetermined(), 2);
    }

    #[test]
    fn the_sign_of_a_change_is_known_only_when_the_bounds_agree() {
        let earlier = Outcome { engaged: 20, not_engaged: 18, register: 40, respondents: 38 };
        let risen = Outcome { engaged: 27, not_engaged: 13, register: 40, respondents: 40 };
        let unclear = Outcome { engaged: 21, not_engaged: 15, register: 40, respondents: 36 };
        let change = risen.change_since(&earlier).unwrap();
        assert_eq!((change.lower, change.upper), (Points(125), Points(175)));
        assert!(change.sign_is_known());
        assert!(!unclear.change_since(&earlier).unwrap().sign_is_known());
        assert_eq!(risen.change_since(&Outcome::default()), None);
    }

    proptest! {
        #[test]
        fn the_bounds_contain_every_completion(known in prop::collection::vec(0_u8..3, 1..60), turn in any::<u64>()) {
            let engagement = |code: u8, place: usize, completed: bool| match code {
                0 => Engagement::Engaged,
                1 => Engagement::NotEngaged,
                _ if !completed => Engagement::Undetermined,
                _ if (turn >> (place % 64)) & 1 == 1 => Engagement::Engaged,
                _ => Engagement::NotEngaged,
            };
            let counted = |completed| {
                Outcome::count(known.iter().enumerate().map(|(i, code)| (engagement(*code, i, completed), true)))
            };
            let (partial, complete) = (counted(false), counted(true));
            prop_assert_eq!(complete.undetermined(), 0);
            prop_assert!(partial.share().numerator <= complete.share().numerator);
            prop_assert!(complete.share().numerator <= partial.upper().numerator);
        }
    }
}
