//! 公表: the frozen snapshot of a finalized round.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::fiscal_year::FiscalYear;
use crate::indicator::{Definition, Field, FieldEngagement, Outcome};
use crate::municipality::Municipality;
use crate::questionnaire::{Choice, Lineage};
use crate::response::{Cell, ResponseState};
use crate::time::Timestamp;
use crate::visibility::{QuestionVisibility, Visibility};

/// A published revision of a round's results.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Publication {
    /// The round.
    pub year: FiscalYear,
    /// Counted from 1.
    pub revision: u32,
    /// When it was published.
    pub published_at: Timestamp,
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

    /// Whether `reader` may see each municipality's engagement in `field`: the named values of the question behind it.
    pub fn names_engagement(&self, field: Field, reader: Visibility) -> bool {
        let concept = self.official().and_then(|o| o.definition.engaged_questions.get(&field));
        concept
            .and_then(|concept| self.questions.iter().find(|q| q.concept == *concept))
            .is_some_and(|question| question.visibility.named.allows(reader))
    }
}
