//! Indicators: published results with everything that stands beside them.

use serde::{Deserialize, Serialize};

use super::ShareValue;

/// Published results of one round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublishedResults {
    /// Fiscal year (西暦).
    pub year: u16,
    /// Revision of the publication.
    pub revision: u32,
    /// When it was published, RFC 3339.
    pub published_at: String,
    /// SHA-256 of the frozen snapshot.
    pub sha256: String,
    /// Generated data, not answered by anybody.
    pub demonstration: bool,
    /// One entry a definition whose results the caller may see.
    pub indicators: Vec<IndicatorResult>,
}

/// One definition's result. Counts are municipalities.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IndicatorResult {
    /// Id of the definition.
    pub id: String,
    /// Its version.
    pub version: u16,
    /// 公式
    pub official: bool,
    /// Its name.
    pub title: String,
    /// Its rule in words.
    pub rule: String,
    /// Address of how it was computed, step by step.
    pub computation: String,
    /// 秘匿: the counts would tell single municipalities' values. The counts are missing then.
    pub suppressed: bool,
    /// The counts and what follows from them, unless they are suppressed.
    #[serde(flatten)]
    #[cfg_attr(feature = "openapi", schema(schema_with = counts_unless_suppressed))]
    pub counts: Option<IndicatorCounts>,
    /// The same counted in people; null where named values are hidden, or no population is known.
    pub population: Option<PopulationValue>,
    /// Since the year published before, where that used the same version.
    pub change: Option<ChangeValue>,
    /// In the first year of a new version: the earlier one on the same answers. The line is broken all the same.
    pub bridge: Option<BridgeValue>,
    /// Who counts as what; null where named values are hidden.
    pub municipalities: Option<Vec<MunicipalityEngagement>>,
}

/// What a flattened option is in words of a schema: all of it, or nothing.
#[cfg(feature = "openapi")]
fn counts_unless_suppressed() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
    use utoipa::openapi::Ref;
    use utoipa::openapi::schema::{AnyOfBuilder, ObjectBuilder};
    let counts = Ref::from_schema_name("IndicatorCounts");
    AnyOfBuilder::new().item(counts).item(ObjectBuilder::new()).into()
}

/// Counts of municipalities, and the shares that follow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IndicatorCounts {
    /// Confirmed engaged.
    pub engaged: u32,
    /// Confirmed not engaged.
    pub not_engaged: u32,
    /// Neither.
    pub undetermined: u32,
    /// The denominator: on the register, less those that nothing applies to where the definition leaves them out.
    pub register: u32,
    /// Left out of the denominator.
    pub left_out: u32,
    /// Responded.
    pub respondents: u32,
    /// Responded out of the denominator.
    pub response_rate: ShareValue,
    /// Engaged out of the denominator; also the lower bound.
    pub share: ShareValue,
    /// The upper bound.
    pub upper: ShareValue,
    /// Secondary: engaged among those that responded.
    pub among_respondents: ShareValue,
    /// The interval under non-response; null on a complete census and before anybody is determined.
    pub interval: Option<IntervalValue>,
    /// Why there is no interval.
    pub no_interval: Option<String>,
}

/// A finite-population interval.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IntervalValue {
    /// Confidence level in per cent.
    pub level: u8,
    /// Fewest.
    pub lower: ShareValue,
    /// Most.
    pub upper: ShareValue,
    /// What it supposes, to be printed with it.
    pub assumption: String,
}

/// People living in the municipalities that are counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PopulationValue {
    /// In municipalities confirmed engaged.
    pub share: ShareValue,
    /// If all that is undetermined turns out engaged.
    pub upper: ShareValue,
    /// Municipalities whose population is not known.
    pub unknown: u32,
}

/// A change in tenths of a percentage point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangeValue {
    /// The earlier year.
    pub since: u16,
    /// Between the confirmed shares.
    pub confirmed: i32,
    /// Least possible.
    pub lower: i32,
    /// Greatest possible.
    pub upper: i32,
    /// Whether every completion of what is undetermined changes in the same direction.
    pub sign_known: bool,
}

/// An earlier version on the first year of a new one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BridgeValue {
    /// Id of the earlier definition.
    pub id: String,
    /// Its version.
    pub version: u16,
    /// Its share.
    pub share: ShareValue,
    /// Its upper bound.
    pub upper: ShareValue,
    /// Since the year before, which used it.
    pub change: Option<ChangeValue>,
    /// Address of how it was computed.
    pub computation: String,
}

/// What one municipality counts as.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MunicipalityEngagement {
    /// 全国地方公共団体コード
    pub code: String,
    /// Its name.
    pub name: String,
    /// `engaged`, `not_engaged`, `undetermined` or `left_out`.
    pub engagement: String,
    /// Address of the answers behind it.
    pub computation: String,
}

/// An indicator's definition that applies now, or applied last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IndicatorSummary {
    /// Its id.
    pub id: String,
    /// Versions that it has.
    pub versions: u16,
    /// 公式
    pub official: bool,
    /// Its name.
    pub title: String,
    /// What counts, for the public.
    pub description: String,
    /// Published years for which it was computed (西暦), ascending.
    pub years: Vec<u16>,
}

/// One indicator over the years.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IndicatorHistory {
    /// Id of the definition.
    pub id: String,
    /// Generated data, not answered by anybody.
    pub demonstration: bool,
    /// Every version.
    pub versions: Vec<DefinitionText>,
    /// Published years, ascending.
    pub years: Vec<IndicatorYear>,
    /// The year known only as counts of single fields.
    pub reference: Option<ReferenceYear>,
}

/// A version of a definition in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DefinitionText {
    /// The version.
    pub version: u16,
    /// 公式
    pub official: bool,
    /// Its name.
    pub title: String,
    /// What counts, for the public.
    pub description: String,
    /// First fiscal year.
    pub valid_from: u16,
    /// Last fiscal year, where it is set.
    pub valid_to: Option<u16>,
    /// Its rule.
    pub rule: String,
    /// Which answers count.
    pub counts: String,
    /// What is made of missing answers.
    pub treatment: Vec<String>,
    /// Out of whom.
    pub denominator: String,
    /// Where it comes from.
    pub source: String,
    /// Remark.
    pub note: String,
}

/// One published year of an indicator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IndicatorYear {
    /// Fiscal year (西暦).
    pub year: u16,
    /// Revision of the publication.
    pub revision: u32,
    /// When it was published, RFC 3339.
    pub published_at: String,
    /// SHA-256 of the frozen snapshot.
    pub sha256: String,
    /// Whether the line is broken in front of this year: the version differs from the year published before.
    pub broken: bool,
    /// The result.
    pub result: IndicatorResult,
}

/// What the published counts of single fields allow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReferenceYear {
    /// Fiscal year (西暦).
    pub year: u16,
    /// Least possible.
    pub lower: Option<ShareValue>,
    /// Greatest possible.
    pub upper: Option<ShareValue>,
    /// Under which condition, or why nothing is known.
    pub condition: String,
}
