//! Responses: progress, current answers, receipt.

use serde::{Deserialize, Serialize};

use super::FieldProblem;

/// A municipality's progress.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ResponseSummary {
    /// 全国地方公共団体コード
    pub code: String,
    /// The municipality's name.
    pub name: String,
    /// `city`, `town`, `village` or `ward`.
    pub kind: String,
    /// Code of its region; null where it is in none.
    pub region: Option<String>,
    /// State of the response.
    pub state: String,
    /// Questions with an answer, of those asked at present.
    pub answered: usize,
    /// Questions asked at present.
    pub asked: usize,
    /// Last change, RFC 3339.
    pub updated_at: Option<String>,
    /// Questions that were sent back and have not come again.
    pub returned: usize,
    /// Inquiries that are not settled.
    pub inquiries: usize,
    /// 受付番号
    pub receipt: Option<String>,
    /// The later deadline that was granted, RFC 3339.
    pub extended_until: Option<String>,
    /// Whether it asked for a later deadline that is not decided.
    pub asks_for_extension: bool,
}

/// A response with its current answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CurrentResponse {
    /// Fiscal year (西暦).
    pub year: u16,
    /// 全国地方公共団体コード
    pub code: String,
    /// The municipality's name.
    pub name: String,
    /// State of the response.
    pub state: String,
    /// Why nothing can be changed, if so.
    pub read_only: Option<String>,
    /// What prevents submission.
    pub problems: Vec<FieldProblem>,
    /// The response's revision: it counts every change of an answer or state.
    pub revision: i64,
    /// Questions that the prefecture sent back, while they are to be answered again.
    pub returned: Vec<QuestionReason>,
    /// The answers.
    pub answers: Vec<CurrentAnswer>,
}

/// A question sent back, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct QuestionReason {
    /// Name of the question.
    pub question: String,
    /// Why.
    pub reason: String,
}

/// Body of `POST …/return`: what the prefecture sends back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReturnOfResponse {
    /// Words about the response as a whole; needed where no questions are named.
    #[serde(default)]
    pub note: String,
    /// The questions to be answered again; none sends back the whole form.
    #[serde(default)]
    pub questions: Vec<QuestionReason>,
    /// The response's revision that was read; refused (409) when it changed since.
    #[serde(default)]
    pub revision: Option<i64>,
}

/// Body of `POST …/approval`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ApprovalStep {
    /// What is to be done.
    pub act: ApprovalAct,
    /// Why, for `send_back`.
    #[serde(default)]
    pub reason: String,
    /// The response's revision that was confirmed, for `request` and `approve`; refused (409) when it changed since.
    #[serde(default)]
    pub revision: Option<i64>,
}

/// A step of the municipality's own approval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ApprovalAct {
    /// Ask for approval.
    Request,
    /// Take the request back.
    Withdraw,
    /// Approve and hand in; for approvers.
    Approve,
    /// Send back inside the municipality, with a reason; for approvers.
    SendBack,
}

/// Where a response stands now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StateOfResponse {
    /// State of the response.
    pub state: String,
    /// 受付番号 of the last submission.
    pub receipt: Option<String>,
}

/// One current answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CurrentAnswer {
    /// The question.
    pub question: String,
    /// The value with its kind, e.g. `{"choice":"1"}`; null once it was cleared.
    pub value: serde_json::Value,
    /// Its revision, counted from 1.
    pub revision: u32,
    /// Who changed it last.
    pub author: String,
    /// When, RFC 3339.
    pub saved_at: String,
}

/// 控え
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReceiptOfSubmission {
    /// 受付番号
    pub number: String,
    /// When, RFC 3339.
    pub submitted_at: String,
    /// Who.
    pub submitted_by: String,
    /// SHA-256 of the answers as handed in.
    pub sha256: String,
}
