//! よくある質問: what was answered to one municipality and concerns them all.

use shared::fiscal_year::FiscalYear;
use shared::questionnaire::QuestionName;
use shared::time::Timestamp;

use super::{Author, InquiryId};

/// A question from municipalities and the prefecture's answer, shown to everybody who fills the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionAndAnswer {
    /// Its key.
    pub id: i64,
    /// The question of the form it stands beside; `None` for the form as a whole.
    pub question: Option<QuestionName>,
    /// What was asked.
    pub asked: String,
    /// What the prefecture answers.
    pub answer: String,
    /// Whether it was taken back and is no longer shown.
    pub withdrawn: bool,
    /// Who wrote it.
    pub by: Author,
    /// When.
    pub at: Timestamp,
}

/// A question and answer to add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewQuestionAndAnswer {
    /// The round.
    pub year: FiscalYear,
    /// The question of the form it stands beside; `None` for the form as a whole.
    pub question: Option<QuestionName>,
    /// The inquiry it came from, where there is one.
    pub inquiry: Option<InquiryId>,
    /// What was asked; not empty.
    pub asked: String,
    /// What the prefecture answers; not empty.
    pub answer: String,
    /// Who.
    pub by: Author,
    /// When.
    pub at: Timestamp,
}
