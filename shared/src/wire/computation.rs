//! How one figure was computed, step by step.

use serde::{Deserialize, Serialize};

use super::IndicatorYear;

/// One figure with its steps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ComputationOfFigure {
    /// The figure. `broken` is true where the definition has replaced another in that year.
    pub figure: IndicatorYear,
    /// 基準日, RFC 3339.
    pub reference_date: String,
    /// By field; empty where the figure is suppressed.
    pub fields: Vec<FieldOfFigure>,
    /// By region, where named values are hidden.
    pub regions: Option<Vec<RegionOfFigure>>,
    /// By municipality, where named values may be seen.
    pub municipalities: Option<Vec<PlaceOfFigure>>,
}

/// Counts of municipalities; all null where they are suppressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StepCounts {
    /// Confirmed engaged.
    pub engaged: Option<u32>,
    /// Confirmed not engaged.
    pub not_engaged: Option<u32>,
    /// Neither.
    pub undetermined: Option<u32>,
    /// The denominator.
    pub register: Option<u32>,
}

/// One field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldOfFigure {
    /// `industry`, `living` or `administration`.
    pub field: String,
    /// Its test in words.
    pub test: String,
    /// Municipalities that it does not apply to.
    pub left_out: u32,
    /// Its counts.
    #[serde(flatten)]
    pub counts: StepCounts,
}

/// One region.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegionOfFigure {
    /// Its code; null gathers municipalities without one.
    pub region: Option<String>,
    /// Its counts.
    #[serde(flatten)]
    pub counts: StepCounts,
}

/// What one municipality counts as, in all and by field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlaceOfFigure {
    /// 全国地方公共団体コード
    pub code: String,
    /// Its name.
    pub name: String,
    /// State of its response.
    pub state: String,
    /// `engaged`, `not_engaged`, `undetermined` or `left_out`.
    pub engagement: String,
    /// The same by field.
    pub fields: Vec<EngagementInField>,
}

/// What a municipality counts as in a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EngagementInField {
    /// `industry`, `living` or `administration`.
    pub field: String,
    /// `engaged`, `not_engaged`, `undetermined` or `left_out`.
    pub engagement: String,
}

/// The answers of one municipality behind a figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AnswersOfFigure {
    /// Fiscal year (西暦).
    pub year: u16,
    /// Id of the definition.
    pub id: String,
    /// Its version.
    pub version: u16,
    /// The municipality's name.
    pub name: String,
    /// Whether its response was accepted: others are undetermined.
    pub confirmed: bool,
    /// `engaged`, `not_engaged`, `undetermined` or `left_out`.
    pub engagement: String,
    /// Every answer that the definition reads, by field.
    pub answers: Vec<AnswerOfFigure>,
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AnswerOfFigure {
    /// `industry`, `living` or `administration`.
    pub field: String,
    /// The area; null for the field's own question.
    pub area: Option<String>,
    /// Name of the question.
    pub question: String,
    /// Its number as printed.
    pub number: String,
    /// Its text.
    pub label: String,
    /// The answer, or why there is none, in words.
    pub answer: String,
    /// `engaged`, `not_engaged`, `undetermined` or `left_out`.
    pub engagement: String,
}
