//! What a page must know about a question.

use shared::questionnaire::{GroupLayout, Question};
use shared::response::AnswerValue;
use shared::response::answer::RawAnswer;
use shared::time::Timestamp;

/// Questions that stand together on a section page.
#[derive(Debug, Clone)]
pub struct QuestionGroup {
    /// Heading; `None` for questions directly in the section.
    pub title: Option<String>,
    /// How it is laid out. A table whose questions do not share their choices is shown as a list.
    pub layout: GroupLayout,
    /// The questions, in order, irrelevant ones too (they are hidden, not left out).
    pub questions: Vec<QuestionField>,
}

/// A question with its input.
///
/// The form sends, for the question's name `n`: `n` (repeated for a multiple select), `n.unknown=1` when 「不明」 is
/// ticked, `n.revision`, and when a conflict was shown `n.conflict=1` and `n.keep=mine` or `n.keep=theirs`. With `theirs` nothing is
/// saved for the question; with `mine` the value sent replaces the other one.
#[derive(Debug, Clone)]
pub struct QuestionField {
    /// The question.
    pub question: Question,
    /// What stands in the input: the saved answer, or what was typed when it was refused.
    pub raw: RawAnswer,
    /// Whether it is asked at present.
    pub relevant: bool,
    /// Whether it must be answered at present.
    pub required: bool,
    /// What is wrong, without the leading 「＊」. Every error also stands in the page's summary.
    pub error: Option<String>,
    /// Revision of the answer as stored now, also after a conflict; 0 without one.
    pub revision: u32,
    /// When the stored answer was saved.
    pub saved_at: Option<Timestamp>,
    /// Somebody else saved another value meanwhile.
    pub conflict: Option<Conflict>,
}

/// Another value that was saved since the page was opened.
#[derive(Debug, Clone)]
pub struct Conflict {
    /// Who saved it.
    pub author: String,
    /// When.
    pub at: Timestamp,
    /// The stored value, to be shown in words; `None` when the answer was cleared.
    pub value: Option<AnswerValue>,
}

/// A section's answers, to be read.
#[derive(Debug, Clone)]
pub struct AnsweredSection {
    /// Heading.
    pub title: String,
    /// Its groups, in order.
    pub groups: Vec<AnsweredGroup>,
}

/// A group's answers, to be read.
#[derive(Debug, Clone)]
pub struct AnsweredGroup {
    /// Heading; `None` for questions directly in the section.
    pub title: Option<String>,
    /// The questions that take an answer, in order.
    pub questions: Vec<Answered>,
}

/// One question's answer, to be read.
#[derive(Debug, Clone)]
pub struct Answered {
    /// The question.
    pub question: Question,
    /// Whether it is asked at present.
    pub relevant: bool,
    /// The stored answer.
    pub answer: Option<AnswerValue>,
    /// What prevents submission: a missing required answer, a broken constraint.
    pub problem: Option<String>,
    /// Address of the input, e.g. `/answer/2026/industry?from=check#q-ind_1`; `None` when it cannot be changed.
    pub change_href: Option<String>,
}
