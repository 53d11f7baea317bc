//! 締切の延長: later deadlines of single municipalities, asked for and decided.

use shared::fiscal_year::FiscalYear;
use shared::municipality::MunicipalityCode;
use shared::response::ExtensionStep;
use shared::time::Timestamp;

use super::{Author, RoundRecord};

/// All that happened to one municipality's deadline, oldest first; empty where nobody asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Extension {
    /// The steps.
    pub events: Vec<ExtensionEvent>,
}

/// One step of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtensionEvent {
    /// Place among the municipality's steps, counted from 1.
    pub sequence: u32,
    /// Which step.
    pub step: ExtensionStep,
    /// The deadline asked for or granted; `None` where it was declined.
    pub until: Option<Timestamp>,
    /// Why; may be empty only where it was granted.
    pub reason: String,
    /// Who.
    pub by: Author,
    /// When.
    pub at: Timestamp,
}

/// A step to add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewExtensionEvent {
    /// The round.
    pub year: FiscalYear,
    /// The municipality.
    pub code: MunicipalityCode,
    /// `sequence` of the last step that its author has seen; 0 for none.
    pub after: u32,
    /// Which step.
    pub step: ExtensionStep,
    /// The deadline asked for or granted; `None` where it is declined.
    pub until: Option<Timestamp>,
    /// Why; may be empty only where it is granted.
    pub reason: String,
    /// Who.
    pub by: Author,
    /// When.
    pub at: Timestamp,
}

impl Extension {
    /// The deadline that was granted last. What is asked for or declined afterwards leaves it as it is.
    pub fn granted_until(&self) -> Option<Timestamp> {
        self.events.iter().rev().find(|event| event.step == ExtensionStep::Granted)?.until
    }

    /// The deadline that was granted, while it is later than the round's: that may have been put off since.
    pub fn later_than(&self, round: &RoundRecord) -> Option<Timestamp> {
        self.granted_until().filter(|until| round.dates.is_none_or(|dates| *until > dates.deadline))
    }

    /// The municipality's deadline: the one granted, where it is later than the round's.
    pub fn deadline(&self, round: &RoundRecord) -> Option<Timestamp> {
        self.later_than(round).or(round.dates.map(|dates| dates.deadline))
    }

    /// What was asked for and is not decided. A later request stands in place of an earlier one.
    pub fn open_request(&self) -> Option<&ExtensionEvent> {
        self.events.last().filter(|last| last.step == ExtensionStep::Requested)
    }

    /// `sequence` of the last step; 0 for none.
    pub fn last(&self) -> u32 {
        self.events.last().map_or(0, |last| last.sequence)
    }
}

#[cfg(test)]
mod tests {
    use shared::round::RoundState;

    use super::*;
    use crate::store::{PlannedDates, QuestionnaireId, RoundDates};

    fn extension(steps: &[(ExtensionStep, Option<i64>)]) -> Extension {
        let event = |(sequence, (step, until)): (u32, &(ExtensionStep, Option<i64>))| ExtensionEvent {
            sequence,
            step: *step,
            until: until.map(Timestamp),
            reason: "議会のため".to_owned(),
            by: Author { account: None, name: "企画課".to_owned() },
            at: Timestamp(0),
        };
        Extension { events: (1..).zip(steps).map(event).collect() }
    }

    #[test]
    fn a_later_deadline_for_everybody_takes_the_place_of_an_earlier_one_of_its_own() {
        let granted = extension(&[(ExtensionStep::Granted, Some(5))]);
        for (general, own, deadline) in [(4, Some(5), 5), (5, None, 5), (6, None, 6)] {
            let round = RoundRecord {
                year: FiscalYear::new(2026).unwrap(),
                state: RoundState::Open,
                questionnaire: QuestionnaireId(1),
                prefecture: None,
                planned: PlannedDates::default(),
                dates: Some(RoundDates { reference_date: Timestamp(0), deadline: Timestamp(general) }),
            };
            assert_eq!(granted.later_than(&round), own.map(Timestamp));
            assert_eq!(granted.deadline(&round), Some(Timestamp(deadline)));
        }
    }

    #[test]
    fn what_was_granted_last_holds_whatever_is_asked_for_afterwards() {
        use ExtensionStep::{Declined, Granted, Requested};
        for (steps, granted, open) in [
            (&[][..], None, false),
            (&[(Requested, Some(5))], None, true),
            (&[(Requested, Some(5)), (Declined, None)], None, false),
            (&[(Requested, Some(5)), (Granted, Some(4))], Some(4), false),
            (&[(Requested, Some(5)), (Granted, Some(4)), (Requested, Some(9))], Some(4), true),
            (&[(Requested, Some(5)), (Granted, Some(4)), (Requested, Some(9)), (Declined, None)], Some(4), false),
            (&[(Requested, Some(5)), (Granted, Some(4)), (Requested, Some(9)), (Granted, Some(8))], Some(8), false),
        ] {
            let extension = extension(steps);
            assert_eq!(extension.granted_until(), granted.map(Timestamp), "{steps:?}");
            assert_eq!(extension.open_request().is_some(), open, "{steps:?}");
            assert_eq!(usize::try_from(extension.last()), Ok(steps.len()), "{steps:?}");
        }
    }
}
