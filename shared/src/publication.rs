//! 公表: the frozen snapshot of a finalized round.
//!
//! - [`plan`]: what is disclosed less than was said when it was answered
//! - [`correction`]: what it takes over from the revision before it
//! - [`shown`]: what a reader gets of the indicators
//! - [`evaluation`]: what a definition makes of a snapshot, recomputed from its cells
//! - [`difference`]: what a correction says differently
//! - [`verification`]: whether the figures that were published follow from it

pub mod correction;
pub mod difference;
pub mod evaluation;
pub mod plan;
pub mod shown;
#[cfg(test)]
mod tests;
pub mod verification;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::fiscal_year::FiscalYear;
use crate::indicator::{Definition, Engagement, Field, FieldEngagement, Outcome};
use crate::municipality::Municipality;
use crate::questionnaire::{Choice, Lineage};
use crate::response::{Cell, ResponseState};
use crate::tabulation::SmallCells;
use crate::tabulation::suppression::withheld::Withheld;
use crate::time::Timestamp;
use crate::visibility::QuestionVisibility;

pub use correction::WithheldFigures;
pub use evaluation::Evaluation;
pub use plan::ReleasePlan;
pub use shown::{GroupOutcome, ShownOutcome};
pub use verification::Finding;

/// A published revision of a round's results.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Publication {
    /// The round.
    pub year: FiscalYear,
    /// Counted from 1.
    pub revision: u32,
    /// When it was published.
    pub published_at: Timestamp,
    /// Why what was published before was corrected; empty for the first.
    pub reason: String,
    /// SHA-256 of the snapshot's JSON, in hexadecimal.
    pub sha256: String,
    /// What was frozen.
    pub snapshot: Arc<Snapshot>,
}

/// Everything a published figure can be recomputed from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The round.
    pub year: FiscalYear,
    /// Answers hold as of this time (基準日).
    pub reference_date: Timestamp,
    /// `form_id` and `version` of the questionnaire.
    pub questionnaire: (String, String),
    /// Its questions that take an answer, in order.
    pub questions: Vec<PublishedQuestion>,
    /// The register, by code.
    pub municipalities: Vec<PublishedMunicipality>,
    /// Every definition that applies to the year, with its result.
    pub indicators: Vec<PublishedIndicator>,
    /// Generated for demonstration, not answered by anybody.
    pub demonstration: bool,
    /// From which count on cells are shown where named values are not.
    #[serde(default, skip_serializing_if = "SmallCells::is_default")]
    pub small_cells: SmallCells,
}

/// A question of the snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedQuestion {
    /// Its name.
    pub name: String,
    /// Its number as printed.
    pub number: String,
    /// 概念ID
    pub concept: String,
    /// Its text.
    pub label: String,
    /// Its choices, empty where it is no select.
    pub choices: Vec<Choice>,
    /// Unit, where it has one.
    pub unit: Option<String>,
    /// Who may see the results.
    pub visibility: QuestionVisibility,
    /// How it continues questions of earlier years.
    #[serde(default, skip_serializing_if = "Lineage::is_plain")]
    pub lineage: Lineage,
    /// What an earlier revision suppressed of it, where its answers were corrected since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withheld: Option<Withheld>,
    /// Where it stands in the questionnaire; `None` in snapshots frozen before that was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<QuestionPlace>,
}

/// Where a question stands in its questionnaire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionPlace {
    /// The section's name.
    pub section: String,
    /// Its heading.
    pub section_title: String,
    /// The field (分野) that the section asks about; 各分野を支える基盤整備 has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<Field>,
    /// The group's name, the code of an area (項目); empty directly in the section.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub group: String,
    /// Its heading.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub group_title: String,
}

/// A municipality of the snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedMunicipality {
    /// Who.
    pub municipality: Municipality,
    /// The response's state when the round was finalized.
    pub state: ResponseState,
    /// Engagement by field under the official definition.
    pub fields: FieldEngagement,
    /// One cell a question, in the order of [`Snapshot::questions`].
    pub cells: Vec<Cell>,
}

/// A definition and its result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedIndicator {
    /// The definition as it was.
    pub definition: Definition,
    /// Its counts.
    pub outcome: Outcome,
    /// Municipalities left out of the denominator because nothing applies to them.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub left_out: u32,
    /// What an earlier revision suppressed of it, where it was corrected since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withheld: Option<WithheldFigures>,
    /// In the first year of a new version: what the earlier one makes of the same answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bridge: Option<Bridge>,
}

/// 接続: the definition that was replaced, computed on the first year of the new one. The line is broken all the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bridge {
    /// The earlier definition as it was.
    pub definition: Definition,
    /// Its counts in this year.
    pub outcome: Outcome,
    /// Municipalities that it leaves out of the denominator.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub left_out: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_zero(count: &u32) -> bool {
    *count == 0
}

impl Snapshot {
    /// The official definition's result.
    pub fn official(&self) -> Option<&PublishedIndicator> {
        self.indicators.iter().find(|indicator| indicator.definition.official)
    }

    /// The result of the definition of that id.
    pub fn indicator(&self, id: &str) -> Option<&PublishedIndicator> {
        self.indicators.iter().find(|indicator| indicator.definition.id == id)
    }

    /// One field's counts under the official definition, out of the register.
    pub fn field_outcome(&self, field: Field) -> Outcome {
        Outcome::count(self.municipalities.iter().map(|m| {
            let engagement = m.fields.get(&field).copied().unwrap_or(Engagement::Undetermined);
            (engagement, m.state.is_handed_in())
        }))
    }
}
