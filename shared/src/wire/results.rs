//! Results question by question.

use serde::{Deserialize, Serialize};

use super::ShareValue;

/// The results of one year and which questions it asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ResultsOfYear {
    /// Which results.
    pub edition: ResultsEdition,
    /// Every year with results for this reader (西暦), ascending.
    pub years: Vec<u16>,
    /// The questions, in the questionnaire's order.
    pub questions: Vec<QuestionSummary>,
}

/// Which results these are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ResultsEdition {
    /// Fiscal year (西暦).
    pub year: u16,
    /// Fiscal year (和暦).
    pub wareki: String,
    /// 速報: closed, but not published.
    pub provisional: bool,
    /// Revision of the publication.
    pub revision: Option<u32>,
    /// When it was published, RFC 3339.
    pub published_at: Option<String>,
    /// SHA-256 of the frozen snapshot.
    pub sha256: Option<String>,
    /// Up to which visibility these results are released: `public`, `council` or `prefecture`.
    pub reader: String,
    /// Generated data, not answered by anybody.
    pub demonstration: bool,
}

/// A question and its result in a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuestionSummary {
    /// 概念ID: the same question across the years.
    pub concept: String,
    /// Its number as printed.
    pub number: String,
    /// Its text.
    pub label: String,
    /// Title of its section.
    pub section: String,
    /// Title of its area.
    pub area: Option<String>,
    /// `single`, `multiple`, `number` or `text`.
    pub kind: String,
    /// Unit of a number.
    pub unit: Option<String>,
    /// Who may see aggregates.
    pub aggregate_visibility: String,
    /// Who may see municipalities' values.
    pub named_visibility: String,
    /// What this reader sees: `named`, `aggregates` or `nothing`.
    pub disclosure: String,
    /// The result in a sentence, or why there is none.
    pub finding: String,
    /// Everybody's counts; null where this reader may not see them.
    pub total: Option<ResultLine>,
}

/// One table of a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuestionResult {
    /// Which results.
    pub edition: ResultsEdition,
    /// 概念ID
    pub concept: String,
    /// The question's text.
    pub label: String,
    /// `year`, `region`, `kind`, `band`, `prefecture` or `question:…`.
    pub by: String,
    /// The filter, as in an address; empty for everybody.
    pub filter: String,
    /// The result in a sentence.
    pub finding: String,
    /// The choices in the order of the counts of every line.
    pub choices: Vec<ChoiceOfResult>,
    /// The lines.
    pub lines: Vec<ResultLine>,
    /// Everybody selected in the year.
    pub total: ResultLine,
    /// In people; null where this reader may not see it, or it is no question with choices.
    pub weighted: Option<WeightedResult>,
}

/// A choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChoiceOfResult {
    /// The stored value.
    pub name: String,
    /// Its text.
    pub label: String,
}

/// The counts of a group of municipalities.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ResultLine {
    /// Its heading.
    pub label: String,
    /// Fiscal year (西暦).
    pub year: u16,
    /// Why it must not be compared with the year asked for; null where it may.
    pub not_comparable: Option<String>,
    /// Municipalities on the register: what shares are taken of.
    pub register: u32,
    /// Of them, those that responded and were asked.
    pub respondents: u32,
    /// With a value.
    pub answered: CountOfResult,
    /// By choice.
    pub choices: Vec<CountOfResult>,
    /// Without a value, by state: `unknown`, `not_applicable`, `skipped`, `blank`, `not_submitted`, `not_asked`.
    pub states: Vec<CountOfResult>,
    /// Of a question for a number.
    pub numbers: Option<NumbersOfResult>,
}

/// A number of municipalities.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CountOfResult {
    /// The choice's or the state's name; `answered` for all values.
    pub name: String,
    /// How many; null where that is not told.
    pub count: Option<u32>,
    /// Of the register; null where the count is not told.
    pub share: Option<ShareValue>,
    /// Why the count is not told: `suppressed` or `not_offered`.
    pub missing: Option<String>,
}

/// Figures of numbers, as exact decimals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NumbersOfResult {
    /// Sum.
    pub sum: Option<String>,
    /// Least.
    pub minimum: Option<String>,
    /// First quartile (type 7).
    pub lower_quartile: Option<String>,
    /// Median.
    pub median: Option<String>,
    /// Third quartile (type 7).
    pub upper_quartile: Option<String>,
    /// Greatest.
    pub maximum: Option<String>,
    /// Figures are missing because they would tell single municipalities' numbers.
    pub suppressed: bool,
}

/// How many people live where each answer was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WeightedResult {
    /// In all municipalities selected.
    pub population: u64,
    /// By choice; null where the year did not offer it.
    pub choices: Vec<Option<u64>>,
    /// Municipalities whose population is not known.
    pub without_population: u32,
}

/// Who started and who stopped between two years.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TransitionResult {
    /// Which results.
    pub edition: ResultsEdition,
    /// 概念ID
    pub concept: String,
    /// The earlier year (西暦).
    pub since: u16,
    /// The choices that count as doing it, by name.
    pub positive: Vec<String>,
    /// On the register of both years.
    pub register: u32,
    /// On the register of one of them only: not counted.
    pub elsewhere: u32,
    /// Counts of municipalities: rows are the earlier year, columns the later one, each `positive`, `negative`,
    /// `undetermined`; null is suppressed.
    pub counts: Vec<Vec<Option<u32>>>,
    /// Those that started; empty where names are not visible.
    pub started: Vec<NamedMunicipality>,
    /// Those that stopped; empty where names are not visible.
    pub stopped: Vec<NamedMunicipality>,
}

/// A municipality.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NamedMunicipality {
    /// 全国地方公共団体コード
    pub code: String,
    /// Its name.
    pub name: String,
}

/// Every municipality's answer to one question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ValuesOfQuestion {
    /// Which results.
    pub edition: ResultsEdition,
    /// 概念ID
    pub concept: String,
    /// The answers, by code.
    pub values: Vec<ValueOfMunicipality>,
}

/// A municipality's answer, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ValueOfMunicipality {
    /// Whose.
    pub municipality: NamedMunicipality,
    /// `value`, or the state.
    pub state: String,
    /// The answer in words.
    pub words: String,
}
