//! A definition is data and has a version.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::written::Written;
use super::{Counts, Field, FieldTest, InvalidDefinition, Rule, Treatment};
use crate::fiscal_year::FiscalYear;
use crate::response::Cell;

/// One version of one definition. Read through [`Written`], which refuses what makes no sense and also reads the form
/// in which early snapshots keep theirs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Definition {
    /// Stable id, e.g. `engaged-any`.
    pub id: String,
    /// Counted from 1.
    pub version: u16,
    /// What it is shown as.
    pub role: Role,
    /// 公式: exactly one definition is official in a year.
    pub official: bool,
    /// Name shown.
    pub title: String,
    /// What counts, in a sentence for the public.
    pub description: String,
    /// First fiscal year it applies to.
    pub valid_from: FiscalYear,
    /// Last fiscal year it applies to. A later version of the same id ends it too.
    pub valid_to: Option<FiscalYear>,
    /// When a municipality counts as engaged.
    pub rule: Rule,
    /// Which answers count.
    pub counts: Counts,
    /// What is made of cells without an answer.
    pub treatment: Treatment,
    /// Out of which municipalities.
    pub denominator: Denominator,
    /// Where the definition comes from.
    pub source: String,
    /// Remark.
    pub note: String,
}

/// What a definition is shown as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The share named in the plan.
    Headline,
    /// One field's share.
    Field,
    /// 「別の定義による参考値」
    Reference,
}

/// 分母: out of which municipalities.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Denominator {
    /// All on the register; whoever nothing applies to is not engaged.
    #[default]
    Register,
    /// All but those that nothing applies to.
    Applicable,
}

/// What is known of one municipality.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Engagement {
    /// Confirmed engaged.
    Engaged,
    /// Confirmed not engaged.
    NotEngaged,
    /// Unanswered, 不明, returned, unaccepted or not submitted.
    Undetermined,
}

/// A municipality's engagement by field.
pub type FieldEngagement = BTreeMap<Field, Engagement>;

impl Definition {
    /// Whether it may apply to that year; see [`applying`] for which version does.
    pub fn applies_to(&self, year: FiscalYear) -> bool {
        self.valid_from <= year && self.valid_to.is_none_or(|last| year <= last)
    }

    /// Sorts definitions as pages list them: the headline, the fields in the plan's order, references from the widest
    /// to the narrowest, those by areas last, each by version.
    pub fn place(&self) -> impl Ord + use<> {
        let by_areas = self.rule.fields.iter().any(|rule| matches!(rule.test, FieldTest::Areas { .. }));
        let first = self.rule.fields.first().map(|rule| rule.field);
        (self.role, by_areas, self.rule.needed(), first, self.id.clone(), self.version)
    }

    /// 「第1版」
    pub fn version_label(&self) -> String {
        format!("第{}版", self.version)
    }

    /// What the cell of one of its questions tells; `None` is left out. Only an accepted response is confirmed.
    pub fn read(&self, accepted: bool, cell: &Cell) -> Option<Engagement> {
        self.treatment.read(&self.counts, accepted, cell)
    }

    /// What it makes of a municipality, given what each question tells; `None` leaves the denominator.
    pub fn decide(&self, fields: &FieldEngagement) -> Option<Engagement> {
        self.rule.decide(fields).or(match self.denominator {
            Denominator::Register => Some(Engagement::NotEngaged),
            Denominator::Applicable => None,
        })
    }
}

/// The definitions that apply to a year: of each id the latest version that does.
pub fn applying(definitions: &[Definition], year: FiscalYear) -> Vec<&Definition> {
    let of_year = |d: &&Definition| d.applies_to(year);
    let is_latest = |d: &&Definition| {
        !definitions.iter().any(|other| other.id == d.id && other.version > d.version && of_year(&other))
    };
    definitions.iter().filter(of_year).filter(is_latest).collect()
}

/// What `definition` has taken the place of since `before`: the other version of the same id, or else, for an official
/// one, the official one of another id. In the first year of the new one both are computed (bridge).
pub fn predecessor<'d>(
    definitions: &'d [Definition],
    definition: &Definition,
    before: FiscalYear,
) -> Option<&'d Definition> {
    let before = applying(definitions, before);
    let same_id = before.iter().find(|d| d.id == definition.id);
    let official = before.iter().find(|d| d.official && definition.official);
    let earlier = same_id.or(official).copied()?;
    (earlier.id != definition.id || earlier.version != definition.version).then_some(earlier)
}

impl TryFrom<Written> for Definition {
    type Error = InvalidDefinition;

    fn try_from(written: Written) -> Result<Self, InvalidDefinition> {
        written.parse()
    }
}

impl From<Definition> for Written {
    fn from(definition: Definition) -> Self {
        Self::of(definition)
    }
}
