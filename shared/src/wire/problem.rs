//! RFC 9457 problem details.

use serde::{Deserialize, Serialize};

use super::AnswerConflict;

/// An error as `application/problem+json` (RFC 9457).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// Kind of problem, a path below the API's documentation, e.g. `/api/v1/problems/conflict`.
    #[serde(rename = "type")]
    pub kind: String,
    /// What happened, in Japanese.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What to do, in Japanese.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub detail: String,
    /// Where, for input with several parts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldProblem>,
    /// The value that stands in the way, where an answer was not saved because of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conflict: Option<Box<AnswerConflict>>,
}

/// A problem of one question or field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldProblem {
    /// Name of the question or field.
    pub field: String,
    /// What is wrong, in Japanese.
    pub message: String,
}
