//! Responses: where they stand, how they are handed in and sent back.

use shared::fiscal_year::FiscalYear;
use shared::municipality::MunicipalityCode;
use shared::questionnaire::QuestionName;
use shared::response::{AnswerValue, ResponseState};
use shared::time::Timestamp;

use super::Author;

/// A response without its answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResponseRecord {
    /// The round.
    pub year: FiscalYear,
    /// The municipality.
    pub code: MunicipalityCode,
    /// Where it stands.
    pub state: ResponseState,
    /// Counts every change of an answer or state, from 0.
    pub revision: i64,
    /// Questions with an answer at present.
    pub answered: u32,
    /// Last change of an answer or state.
    pub updated_at: Option<Timestamp>,
    /// The receipt of the last submission.
    pub receipt: Option<Receipt>,
}

/// 控え: proof of a submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// 受付番号
    pub number: String,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: Author,
    /// SHA-256 of the answers as submitted, in hexadecimal.
    pub content_hash: String,
}

/// A response handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// The round.
    pub year: FiscalYear,
    /// The municipality.
    pub code: MunicipalityCode,
    /// The response's revision when its answers were checked.
    pub revision: i64,
    /// Its receipt.
    pub receipt: Receipt,
}

/// Responses to be taken over from a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportResponses {
    /// The round.
    pub year: FiscalYear,
    /// They, by municipality code.
    pub responses: Vec<ImportResponse>,
    /// Which file, for the history.
    pub note: String,
    /// Who.
    pub by: Author,
    /// When.
    pub at: Timestamp,
}

/// One response to be taken over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportResponse {
    /// The municipality.
    pub code: MunicipalityCode,
    /// The response's revision when it was compared with the file.
    pub revision: i64,
    /// What every question named is to be: also `None` where nothing is stored, against a default.
    pub answers: Vec<(QuestionName, Option<AnswerValue>)>,
    /// Its receipt.
    pub receipt: Receipt,
}

/// A response may be moved so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResponseStep {
    /// The round.
    pub year: FiscalYear,
    /// The municipality.
    pub code: MunicipalityCode,
    /// The state it must be in.
    pub from: ResponseState,
    /// The state it comes to.
    pub to: ResponseState,
    /// Why, where it needs a reason.
    pub note: String,
    /// Who.
    pub by: Author,
    /// When.
    pub at: Timestamp,
}

/// Something that happened to a response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResponseEvent {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: Author,
    /// The state it came to.
    pub to: ResponseState,
    /// Receipt number or reason.
    pub note: String,
}

/// A response sent back by the prefecture, for some of its questions or as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewReturn {
    /// From submitted or accepted to returned; its note says why.
    pub step: ResponseStep,
    /// The questions to be answered again, each once; empty when the whole form is sent back.
    pub questions: Vec<ReturnedQuestion>,
}

/// A question that is to be answered again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnedQuestion {
    /// The question.
    pub question: QuestionName,
    /// Why.
    pub reason: String,
}
