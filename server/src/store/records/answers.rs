//! Answers, each with its own revision, and their history.

use std::collections::BTreeMap;

use shared::fiscal_year::FiscalYear;
use shared::municipality::MunicipalityCode;
use shared::questionnaire::QuestionName;
use shared::response::AnswerValue;
use shared::time::Timestamp;

use super::Author;

/// One current answer. A cleared answer stays as `value: None` with its revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAnswer {
    /// The value; `None` once it was cleared.
    pub value: Option<AnswerValue>,
    /// Counted from 1 with every change.
    pub revision: u32,
    /// Who changed it last.
    pub by: Author,
    /// When.
    pub at: Timestamp,
}

/// The values of a response's answers, by question.
pub type AnswerValues = Vec<(QuestionName, Option<AnswerValue>)>;

/// Current answers by question.
pub type StoredAnswers = BTreeMap<QuestionName, StoredAnswer>;

/// Answers to save in one go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaveAnswers {
    /// The round.
    pub year: FiscalYear,
    /// The municipality.
    pub code: MunicipalityCode,
    /// What is to change.
    pub changes: Vec<NewAnswer>,
    /// Who.
    pub by: Author,
    /// When.
    pub at: Timestamp,
}

/// One answer to save.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAnswer {
    /// The question.
    pub question: QuestionName,
    /// The value; `None` clears it.
    pub value: Option<AnswerValue>,
    /// Revision it was changed from; 0 when there was none.
    pub revision: u32,
    /// What stood there was nobody's answer: the questionnaire's default, or a public figure. Clearing it is a change
    /// although nothing was stored, and is kept, or it would stand there again.
    pub suggested: bool,
}

/// What became of one answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaveOutcome {
    /// Saved as this revision.
    Saved(u32),
    /// The stored value was the same already, at this revision.
    Unchanged(u32),
    /// Somebody saved another value since; it stays.
    Conflict(StoredAnswer),
}

/// One change of one answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerChange {
    /// The question.
    pub question: QuestionName,
    /// The revision that came to be.
    pub revision: u32,
    /// Value before.
    pub from: Option<AnswerValue>,
    /// Value after.
    pub to: Option<AnswerValue>,
    /// Who.
    pub by: Author,
    /// When.
    pub at: Timestamp,
}
