//! Saving one answer.

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// Body of `PUT /api/v1/rounds/{year}/responses/{code}/answers/{question}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SaveAnswer {
    /// What was typed; one value for most kinds, several for a multiple select, none to clear the answer.
    pub values: Vec<String>,
    /// 「不明」 was ticked beside the field.
    #[serde(default)]
    pub unknown: bool,
    /// Revision of the answer that was on the screen; 0 when there was none.
    pub revision: u32,
}

/// The answer as it is stored now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SavedAnswer {
    /// The question.
    pub question: String,
    /// Its revision, counted from 1.
    pub revision: u32,
    /// When it was saved, in milliseconds since 1970-01-01T00:00:00Z.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub saved_at: Timestamp,
    /// What must still be corrected, in a sentence; the answer is kept all the same.
    pub problem: Option<String>,
}

/// What somebody else saved meanwhile, as `conflict` beside the problem of a refused save (409).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AnswerConflict {
    /// Who saved it.
    pub author: String,
    /// When, in words.
    pub when: String,
    /// Revision of the stored answer: a save on it replaces the value.
    pub revision: u32,
    /// The stored value as it would be typed.
    pub values: Vec<String>,
    /// The stored value is 「不明」 beside the field.
    pub unknown: bool,
    /// The stored value in words.
    pub theirs: String,
    /// The refused value in words.
    pub mine: String,
}
