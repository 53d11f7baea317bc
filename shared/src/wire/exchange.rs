//! What prefecture and municipalities say to each other, and what happened to a response.

use serde::{Deserialize, Serialize};

/// 県からの確認・県への質問
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InquiryThread {
    /// Its number.
    pub id: i64,
    /// 全国地方公共団体コード
    pub code: String,
    /// Name of the question; null where it is about the form as a whole.
    pub question: Option<String>,
    /// Whose turn it is: `prefecture` or `municipality`; null where it is closed.
    pub awaits: Option<String>,
    /// What was said, oldest first.
    pub messages: Vec<InquiryWords>,
}

/// One message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InquiryWords {
    /// Who speaks: `prefecture` or `municipality`.
    pub side: String,
    /// What; empty where the inquiry is closed without a word.
    pub text: String,
    /// Whether it settles the inquiry.
    pub closes: bool,
    /// Who.
    pub author: String,
    /// When, RFC 3339.
    pub at: String,
}

/// Q&A for everybody who fills the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Advice {
    /// Its number.
    pub id: i64,
    /// Name of the question; null for the form as a whole.
    pub question: Option<String>,
    /// What was asked.
    pub asked: String,
    /// What the prefecture answers.
    pub answer: String,
    /// Taken back, and shown to the prefecture's staff only.
    pub withdrawn: bool,
    /// When, RFC 3339.
    pub at: String,
}

/// Something that happened to a response.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EventOfResponse {
    /// When, RFC 3339.
    pub at: String,
    /// Who.
    pub author: String,
    /// The state it came to.
    pub state: String,
    /// Receipt number or reason.
    pub note: String,
}

/// An answer that is no longer what the prefecture had read when it sent the response back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CorrectionOfAnswer {
    /// Name of the question.
    pub question: String,
    /// Why it was sent back; null where it changed unasked.
    pub reason: Option<String>,
    /// What the prefecture had read, in words.
    pub before: String,
    /// What it is now, in words.
    pub after: String,
    /// Who changed it last.
    pub author: String,
    /// When, RFC 3339.
    pub at: String,
}

/// How far a section of a response is, and who fills it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SectionOfResponse {
    /// Key of the section.
    pub section: String,
    /// Its title.
    pub title: String,
    /// 課名・氏名 of who fills it; may be empty.
    pub assignee: String,
    /// `open` or `done`.
    pub task: String,
    /// Questions with an answer, of those asked at present.
    pub answered: usize,
    /// Questions asked at present.
    pub asked: usize,
    /// Required questions without an answer.
    pub missing: usize,
    /// Answers to be looked at again.
    pub doubtful: usize,
}
