//! What a response that was handed in tells its municipality.

use serde::{Deserialize, Serialize};

use super::DoneElsewhere;

/// Against the own answers of the year before, and what is planned. The own place among others is an exhibit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StandingOfResponse {
    /// Against the year before; null where nothing was answered then.
    pub changes: Option<ChangesOfStages>,
    /// Fiscal year (西暦) of the round in which others did what is planned; null before the first finalized one.
    pub planned_in: Option<u16>,
    /// What is considered or scheduled, with who did it then.
    pub planned: Vec<DoneElsewhere>,
}

/// Practices at another stage than the year before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangesOfStages {
    /// Fiscal year (西暦) compared with.
    pub since: u16,
    /// Practices at a higher stage.
    pub advanced: Vec<ChangeOfStage>,
    /// Practices at a lower stage.
    pub receded: Vec<ChangeOfStage>,
    /// How many are at the same stage.
    pub unchanged: usize,
    /// How many have no stage in one of the years, or were asked otherwise.
    pub not_compared: usize,
}

/// A practice at another stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangeOfStage {
    /// Number of the question.
    pub number: String,
    /// Its text.
    pub label: String,
    /// The stage of the year before, in words.
    pub from: String,
    /// The stage now, in words.
    pub to: String,
}
