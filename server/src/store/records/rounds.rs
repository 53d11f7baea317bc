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
