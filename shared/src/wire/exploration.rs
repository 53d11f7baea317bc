//! Exploratory analyses: tests under a stated chance model, never part of the published results.

use serde::{Deserialize, Serialize};

/// The findings of one request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExplorationResult {
    /// Fiscal year (西暦).
    pub year: u16,
    /// Not published yet: 速報.
    pub provisional: bool,
    /// Generated data, not answered by anybody.
    pub demonstration: bool,
    /// The chance model stated: `exchangeable`, `superpopulation` or `non_response`.
    pub chance: String,
    /// What it supposes, in words.
    pub assumption: String,
    /// `two_sided`, `greater` or `less`, where the test has sides.
    pub alternative: String,
    /// `holm` or `benjamini_hochberg`
    pub adjustment: String,
    /// How many p-values were adjusted together.
    pub family: usize,
    /// One a hypothesis.
    pub findings: Vec<FindingResult>,
}

/// One hypothesis.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FindingResult {
    /// What is compared.
    pub heading: String,
    /// The finding in words, without a test.
    pub statement: String,
    /// Headings of the counts of [`Self::rows`].
    pub columns: Vec<String>,
    /// What is counted; empty where nothing is.
    pub rows: Vec<CountedRow>,
    /// How large it is.
    pub effects: Vec<EffectResult>,
    /// The first one decides; empty where none may be made.
    pub tests: Vec<TestResult>,
    /// The deciding p-value, adjusted.
    pub adjusted_p_value: Option<f64>,
    /// What the p-value says; empty without a test.
    pub reading: String,
    /// Why this method, what was left out, what is refused.
    pub remarks: Vec<String>,
}

/// A row of counts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CountedRow {
    /// Its heading.
    pub label: String,
    /// Determined municipalities.
    pub n: u32,
    /// On the register.
    pub register: u32,
    /// By column.
    pub counts: Vec<u32>,
    /// The middle value of numbers.
    pub median: Option<f64>,
    /// 95 % intervals of the share in the last column.
    pub intervals: Vec<NamedInterval>,
}

/// An interval.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NamedInterval {
    /// `wilson`, `clopper_pearson`, `hypergeometric` or `wilson_fpc`
    pub method: String,
    /// Lower end, a share of 1.
    pub lower: f64,
    /// Upper end.
    pub upper: f64,
}

/// The size of a difference or a relation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EffectResult {
    /// For example `newcombe`, `cliffs_delta`, `cramers_v`.
    pub method: String,
    /// A difference of shares (0.125 for 12.5 points) or a coefficient.
    pub value: f64,
    /// Lower end of its 95 % interval, where there is one.
    pub lower: Option<f64>,
    /// Upper end.
    pub upper: Option<f64>,
}

/// A test.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TestResult {
    /// For example `fisher_exact`, `mcnemar_midp`.
    pub method: String,
    /// Its statistic, where it has one.
    pub statistic: Option<f64>,
    /// Of χ².
    pub degrees_of_freedom: Option<u32>,
    /// Two-sided, not adjusted.
    pub p_value: f64,
}
