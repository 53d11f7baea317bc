//! Rounds and their questionnaires.

use shared::fiscal_year::FiscalYear;
use shared::questionnaire::Questionnaire;
use shared::round::RoundState;
use shared::time::Timestamp;

use super::Author;

/// Key of a questionnaire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QuestionnaireId(pub i64);

/// A round to add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRound {
    /// The fiscal year.
    pub year: FiscalYear,
    /// Its questionnaire.
    pub questionnaire: QuestionnaireId,
    /// Two digits of the prefecture asked, or `None` for all Japan.
    pub prefecture: Option<String>,
    /// Who.
    pub by: Author,
    /// When.
    pub at: Timestamp,
}

/// Another questionnaire for a round that is being prepared.
#[derive(Debug, Clone, PartialEq)]
pub struct ReplaceQuestionnaire {
    /// The round.
    pub year: FiscalYear,
    /// What it asks as far as whoever decided knew.
    pub from: QuestionnaireId,
    /// What it shall ask.
    pub to: Questionnaire,
    /// What was confirmed of it, in words; may be empty.
    pub confirmed: String,
    /// Who.
    pub by: Author,
    /// When.
    pub at: Timestamp,
}

/// When a round holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoundDates {
    /// 基準日: answers hold as of this time.
    pub reference_date: Timestamp,
    /// 締切
    pub deadline: Timestamp,
}

/// What a round is planned with while it is being prepared; what is not known yet is `None`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PlannedDates {
    /// When answers are to be taken from. Nothing opens by itself.
    pub opening: Option<Timestamp>,
    /// 基準日
    pub reference_date: Option<Timestamp>,
    /// 締切
    pub deadline: Option<Timestamp>,
}

/// Other dates for a round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeDates {
    /// The round.
    pub year: FiscalYear,
    /// Which, before and after.
    pub dates: DatesChange,
    /// Why; may be empty only while the round is a draft.
    pub reason: String,
    /// Who.
    pub by: Author,
    /// When.
    pub at: Timestamp,
}

/// Dates as far as whoever changes them knew, and what they shall be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DatesChange {
    /// Of a draft.
    Planned {
        /// What they were.
        from: PlannedDates,
        /// What they shall be.
        to: PlannedDates,
    },
    /// Of a round that is open, or closed and not finalized: then only its reference date.
    Set {
        /// What they were.
        from: RoundDates,
        /// What they shall be.
        to: RoundDates,
    },
}

impl PlannedDates {
    /// As the audit log says them.
    pub fn words(&self) -> String {
        let dates = [("受付開始", self.opening), ("基準日", self.reference_date), ("締切", self.deadline)];
        let dates =
            dates.map(|(word, at)| format!("{word} {}", at.map_or_else(|| "未定".to_owned(), Timestamp::input_value)));
        dates.join("、")
    }
}

impl RoundDates {
    /// As the audit log says them.
    pub fn words(&self) -> String {
        format!("基準日 {}、締切 {}", self.reference_date.input_value(), self.deadline.input_value())
    }
}

/// A round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundRecord {
    /// The fiscal year.
    pub year: FiscalYear,
    /// Where it stands.
    pub state: RoundState,
    /// Its questionnaire.
    pub questionnaire: QuestionnaireId,
    /// Two digits of the prefecture asked, or `None` for all Japan.
    pub prefecture: Option<String>,
    /// What it is or was planned with.
    pub planned: PlannedDates,
    /// Its dates, from opening on.
    pub dates: Option<RoundDates>,
}

/// Something that happened to a round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundEvent {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: Author,
    /// The state it came to.
    pub to: RoundState,
    /// Why it went back; empty where it went on.
    pub reason: String,
}
