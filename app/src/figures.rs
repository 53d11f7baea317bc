//! Results as pages and charts take them: domain types put together by the server, nothing computed here.

use shared::fiscal_year::FiscalYear;
use shared::indicator::{
    Change, CountBounds, Definition, Engagement, Field, FieldEngagement, NoBounds, Outcome, ReferenceCount,
};
use shared::municipality::Municipality;
use shared::publication::GroupOutcome;
use shared::share::Share;

/// One definition's result in one year.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// The definition as it was applied.
    pub definition: Definition,
    /// Its counts.
    pub outcome: Outcome,
    /// Against the last year published before, where that used the same version.
    pub movement: Option<Movement>,
    /// In the first year of a new version: what the earlier one makes of the same answers.
    pub bridge: Option<BridgeFigure>,
    /// Address of how it was computed.
    pub computation: String,
}

/// 接続: the replaced definition on the first year of the new one.
#[derive(Debug, Clone, PartialEq)]
pub struct BridgeFigure {
    /// The replaced definition.
    pub definition: Definition,
    /// Its counts in this year.
    pub outcome: Outcome,
    /// Against the last year published before, which used it.
    pub movement: Option<Movement>,
    /// Address of how it was computed.
    pub computation: String,
}

/// One field's result in one year, under the official definition's reading of "engaged".
#[derive(Debug, Clone, PartialEq)]
pub struct FieldFigure {
    /// The field.
    pub field: Field,
    /// Its counts; `None` prints 秘匿.
    pub outcome: Option<Outcome>,
    /// Against the last year published before, where there is one.
    pub movement: Option<Movement>,
    /// Address of how it was computed.
    pub computation: String,
}

/// A change and the year it is counted from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Movement {
    /// The earlier year.
    pub since: FiscalYear,
    /// The change, with bounds.
    pub change: Change,
}

/// The official indicator and the three fields over the plan's years.
#[derive(Debug, Clone, PartialEq)]
pub struct Trend {
    /// Name of the headline's line, e.g. 「いずれか1分野以上」.
    pub headline: String,
    /// First year of the axis.
    pub first: FiscalYear,
    /// Last year of the axis (the plan's last).
    pub last: FiscalYear,
    /// Published years, ascending.
    pub years: Vec<TrendYear>,
    /// Years whose definition differs from the year before: the line is broken in front of them.
    pub breaks: Vec<FiscalYear>,
    /// The year known only as counts.
    pub reference: Option<Reference>,
    /// The plan's target for [`Self::last`], only where one was entered.
    pub target: Option<Share>,
}

/// One published year of the trend.
#[derive(Debug, Clone, PartialEq)]
pub struct TrendYear {
    /// The year.
    pub year: FiscalYear,
    /// The official definition's counts.
    pub headline: Outcome,
    /// The fields' counts; those that are suppressed are missing.
    pub fields: Vec<(Field, Outcome)>,
    /// Address of how they were computed.
    pub computation: String,
}

/// A year known only as one published count a field.
#[derive(Debug, Clone, PartialEq)]
pub struct Reference {
    /// The year.
    pub year: FiscalYear,
    /// One count a field; population, source and remark stand in each.
    pub counts: Vec<ReferenceCount>,
    /// What the counts allow for each definition over several fields, if every municipality responded.
    pub intervals: Vec<ReferenceInterval>,
    /// Definitions of which the counts tell nothing, with the reason.
    pub unknown: Vec<(Definition, NoBounds)>,
}

/// The shares of a definition that the published counts allow.
#[derive(Debug, Clone, PartialEq)]
pub struct ReferenceInterval {
    /// The definition.
    pub definition: Definition,
    /// Least and greatest share, if every municipality responded.
    pub bounds: CountBounds,
}

/// Where engagement stands on the map.
#[derive(Debug, Clone, PartialEq)]
pub enum Places {
    /// Named values are public: one entry a municipality, in the order of the register.
    Named(Vec<Place>),
    /// They are not: one entry a region.
    ByRegion(Vec<GroupOutcome>),
}

/// A municipality's place on the map.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Who and where.
    pub municipality: Municipality,
    /// Whether it handed a response in; if not it is shown as 未提出.
    pub responded: bool,
    /// Engagement by field.
    pub fields: FieldEngagement,
}

/// In how many fields a municipality is engaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FieldCount {
    /// Exactly that many.
    Known(u8),
    /// At least the first, at most the second: the rest is undetermined.
    Between(u8, u8),
    /// 未提出
    NotSubmitted,
}

impl FieldCount {
    /// Counts a municipality's fields.
    pub fn of(place: &Place) -> Self {
        if !place.responded {
            return Self::NotSubmitted;
        }
        let (mut least, mut most) = (0, 0);
        for field in Field::ALL {
            match place.fields.get(&field).copied().unwrap_or(Engagement::Undetermined) {
                Engagement::Engaged => {
                    least += 1;
                    most += 1;
                }
                Engagement::Undetermined => most += 1,
                Engagement::NotEngaged => {}
            }
        }
        if least == most { Self::Known(least) } else { Self::Between(least, most) }
    }

    /// 「2分野」「1〜2分野」「未提出」
    pub fn words(self) -> String {
        match self {
            Self::Known(n) => format!("{n}分野"),
            Self::Between(least, most) => format!("{least}〜{most}分野"),
            Self::NotSubmitted => "未提出".to_owned(),
        }
    }
}
