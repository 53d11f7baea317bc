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
    /// State of the response.
    pub state: String,
    /// Questions with an answer, of those asked at present.
    pub answered: usize,
    /// Questions asked at present.
    pub asked: usize,
    /// Last change, RFC 3339.
    pub updated_at: Option<String>,
    /// 受付番号
    pub receipt: Option<String>,
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
    /// The answers.
    pub answers: Vec<CurrentAnswer>,
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
