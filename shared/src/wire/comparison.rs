//! A municipality among others.

use serde::{Deserialize, Serialize};

use super::ShareValue;

/// A comparison, as far as the reader may see.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ComparisonResult {
    /// Fiscal year (西暦).
    pub year: u16,
    /// 速報: the prefecture has not finalized the round.
    pub provisional: bool,
    /// Generated for demonstration.
    pub demonstration: bool,
    /// Whom.
    pub municipality: ComparedMunicipality,
    /// Whom with.
    pub peers: Vec<ComparedMunicipality>,
    /// The group in words, e.g. 「人口規模の近い7団体」.
    pub group: String,
    /// Whether the reader may see the peers' values by name.
    pub named: bool,
    /// All practices together, then the rows by gap.
    pub rows: Vec<ComparedRow>,
    /// 成熟度: the own score first, then the peers' in their order, where they may be named.
    pub maturity: Vec<ComparedMaturity>,
    /// Where the drawn weightings began.
    pub seed: u64,
    /// Combinations of weights, scale and mean that the rank intervals come from; 0 where there are none.
    pub combinations: u32,
    /// Practices that are not done and others do.
    pub elsewhere: Vec<DoneElsewhere>,
    /// What was not understood of the parameters, in sentences.
    pub notices: Vec<String>,
}

/// A municipality.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ComparedMunicipality {
    /// 全国地方公共団体コード
    pub code: String,
    /// Its name.
    pub name: String,
}

/// One comparison.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ComparedRow {
    /// Code of the section or area, or name of the question; empty for all practices together.
    pub code: String,
    /// In words.
    pub label: String,
    /// Questions compared.
    pub questions: usize,
    /// `done` (share of practices done) or `stage` (stage out of 4).
    pub measure: String,
    /// The own value.
    pub own: Option<ShareValue>,
    /// `named`, `unnamed`, `median`, `suppressed` or `not_visible`.
    pub peers_seen: String,
    /// The peers' values: in their order where named (null without a value), ascending where unnamed, else empty.
    pub peers: Vec<Option<ShareValue>>,
    /// Peers with a value.
    pub answered: usize,
    /// Their median.
    pub median: Option<ShareValue>,
    /// Lower and upper quartile in tenths of a per cent, among ten or more; null where only the median is shown.
    pub quartiles: Option<[u32; 2]>,
    /// Mean, weighted by population, of those whose population is known, in tenths of a per cent.
    pub by_population: Option<u32>,
    /// Own value less median, in tenths of a percentage point.
    pub gap: Option<i32>,
    /// The own place from the highest; null among too few, and where only the median is shown.
    pub rank: Option<usize>,
    /// Out of how many, oneself included.
    pub rank_of: Option<usize>,
    /// From below: those that are lower, and half of those that are equal, out of the others.
    pub percentile: Option<ShareValue>,
}

/// A maturity score. Never public.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ComparedMaturity {
    /// 全国地方公共団体コード
    pub code: String,
    /// The score with its interval, in the digits that it carries; null without one.
    pub score: Option<String>,
    /// Answers that are undetermined.
    pub undetermined: u32,
    /// Best and worst rank over all combinations.
    pub ranks: Option<[u32; 2]>,
}

/// A practice that is not done and others do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DoneElsewhere {
    /// Number of the question.
    pub number: String,
    /// Its text.
    pub label: String,
    /// The own answer in words.
    pub own: String,
    /// Who does it, where they may be named.
    pub municipalities: Vec<String>,
    /// How many do it; null where that is suppressed.
    pub count: Option<usize>,
}
