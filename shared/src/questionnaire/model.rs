//! Sections, groups, questions and choices.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::logic::Logic;
use super::source::Source;
use crate::indicator::Field;
use crate::response::AnswerValue;
use crate::visibility::QuestionVisibility;

/// A questionnaire, compiled from its XLSForm.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Questionnaire {
    /// XLSForm `form_id`.
    pub form_id: String,
    /// XLSForm `version`.
    pub version: String,
    /// XLSForm `form_title`.
    pub title: String,
    /// Sections in the order of the paper form.
    pub sections: Vec<Section>,
    /// All questions of all sections in order; everything else points here by [`QuestionIndex`].
    pub questions: Vec<Question>,
    /// The compiled expressions.
    pub logic: Logic,
    /// The sheets it was compiled from, for exporting it again and for its translations.
    #[serde(default)]
    pub source: Source,
}

impl Questionnaire {
    /// The question at that place.
    ///
    /// # Panics
    /// When the index comes from another questionnaire.
    pub fn question(&self, index: QuestionIndex) -> &Question {
        &self.questions[index.0 as usize]
    }

    /// The place of the question of that name.
    pub fn find(&self, name: &str) -> Option<QuestionIndex> {
        let place = self.questions.iter().position(|q| q.name.as_str() == name)?;
        u16::try_from(place).ok().map(QuestionIndex)
    }

    /// The section of that name.
    pub fn section(&self, name: &str) -> Option<&Section> {
        self.sections.iter().find(|s| s.name.as_str() == name)
    }

    /// Every question with its place, in order.
    pub fn indexed(&self) -> impl Iterator<Item = (QuestionIndex, &Question)> {
        (0u16..).map(QuestionIndex).zip(&self.questions)
    }
}

/// Place of a question in [`Questionnaire::questions`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct QuestionIndex(pub u16);

/// XLSForm `name` of a question, unique in its questionnaire; the key of its answers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct QuestionName(pub String);

impl QuestionName {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for QuestionName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// XLSForm `name` of a top-level group; part of the section's address.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SectionName(pub String);

impl SectionName {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A page of the form: a top-level XLSForm group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// Key and part of the address.
    pub name: SectionName,
    /// Heading.
    pub title: String,
    /// Lead shown below the heading.
    pub lead: Option<String>,
    /// The field (分野) that the section asks about.
    pub field: Option<Field>,
    /// Expected minutes to fill.
    pub minutes: u16,
    /// Groups in order. Questions standing directly in the section form a group without title.
    pub groups: Vec<Group>,
}

impl Section {
    /// The section's questions in order.
    pub fn questions(&self) -> impl Iterator<Item = QuestionIndex> + '_ {
        self.groups.iter().flat_map(|group| group.questions.iter().copied())
    }
}

/// Questions that stand together, such as those of one area (項目).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// XLSForm `name` of the group: the code of its area; empty for questions directly in the section.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Heading; `None` for questions directly in the section.
    pub title: Option<String>,
    /// How it is laid out.
    pub layout: GroupLayout,
    /// Which time a repeated group is asked; `None` for a group that is asked once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instance: Option<Instance>,
    /// The questions, in order.
    pub questions: Vec<QuestionIndex>,
}

impl Group {
    /// A list without name and title: questions directly in the section.
    pub fn untitled() -> Self {
        Self { name: String::new(), title: None, layout: GroupLayout::List, instance: None, questions: Vec::new() }
    }
}

/// One time of a repeated group (XLSForm `begin_repeat`).
///
/// A repeat has a largest number of times (`repeat_count`) and is laid out as so many groups, so that every answer has
/// its own question, revision and history. The question `cost` of the second time is named `cost.2`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instance {
    /// XLSForm `name` of the repeat.
    pub repeat: String,
    /// Counted from 1.
    pub number: u16,
    /// The largest number of times.
    pub of: u16,
}

/// How a group is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupLayout {
    /// One question below the other.
    List,
    /// XLSForm `table-list`: one table with a row a question and a column a choice.
    Table,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// Key of its answers.
    pub name: QuestionName,
    /// Number as printed, e.g. 「産-1」; empty for notes.
    pub number: String,
    /// 概念ID: the same question across years.
    pub concept: String,
    /// The question's text.
    pub label: String,
    /// Short help, always shown.
    pub hint: Option<String>,
    /// Definition, folded on screen and printed (XLSForm `guidance_hint`).
    pub definition: Option<String>,
    /// What kind of answer it takes.
    pub kind: QuestionKind,
    /// Unit of a number, e.g. 「件」.
    pub unit: Option<String>,
    /// Whether 「不明」 may be given instead of a value (numbers and dates; a select has a choice for it).
    pub may_be_unknown: bool,
    /// Message when a required answer is missing, if the author gave one.
    pub required_message: Option<String>,
    /// Message when the constraint fails.
    pub constraint_message: Option<String>,
    /// Who may see the results, shown before it is answered.
    pub visibility: QuestionVisibility,
    /// One of the core items of the annual form.
    pub core: bool,
    /// Holds until somebody answers or clears it (XLSForm `default`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<AnswerValue>,
    /// Cannot be changed by the municipality (XLSForm `readonly`, or because it is calculated).
    #[serde(default, skip_serializing_if = "is_false")]
    pub readonly: bool,
    /// What is said when the soft check fails or the number changed by more than its threshold. The reason is the answer
    /// to the companion question ([`Question::reason_for`]), which is asked just then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub soft_message: Option<String>,
    /// The question whose unusual answer this one explains; such a question is named `name.reason`, is never required
    /// and counts in no progress.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason_for: Option<QuestionIndex>,
    /// Which concepts of earlier years it continues.
    #[serde(default, skip_serializing_if = "Lineage::is_plain")]
    pub lineage: Lineage,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
fn is_false(value: &bool) -> bool {
    !value
}

/// How a question continues those of earlier years (columns `derived_from` and `comparable`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lineage {
    /// Concept IDs of the year before: one for a rename or a part of a split, several for a merge; empty where the
    /// concept ID stayed.
    #[serde(default)]
    pub derived_from: Vec<String>,
    /// The author says that results must not be compared with the year before.
    #[serde(default)]
    pub not_comparable: bool,
}

impl Lineage {
    /// Nothing is said: the concept ID joins the years.
    pub fn is_plain(&self) -> bool {
        self.derived_from.is_empty() && !self.not_comparable
    }
}

/// What kind of answer a question takes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "type")]
pub enum QuestionKind {
    /// Free text, kept to the letter.
    Text {
        /// A textarea instead of one line.
        multiline: bool,
        /// Longest text, in characters.
        max_length: u32,
    },
    /// A whole number.
    Integer,
    /// A decimal number.
    Decimal,
    /// A calendar date.
    Date,
    /// Exactly one choice.
    SelectOne {
        /// The choices.
        choices: Vec<Choice>,
    },
    /// Any number of choices.
    SelectMultiple {
        /// The choices.
        choices: Vec<Choice>,
    },
    /// Choices in an order of preference.
    Rank {
        /// The choices.
        choices: Vec<Choice>,
    },
    /// One box to tick: 「確認しました」.
    Acknowledge,
    /// Worked out by the form; shown nowhere while answering.
    Calculate,
    /// Kept with its default; shown nowhere while answering.
    Hidden,
    /// A text without an answer.
    Note,
}

impl QuestionKind {
    /// The choices, empty where there are none.
    pub fn choices(&self) -> &[Choice] {
        match self {
            Self::SelectOne { choices } | Self::SelectMultiple { choices } | Self::Rank { choices } => choices,
            Self::Text { .. }
            | Self::Integer
            | Self::Decimal
            | Self::Date
            | Self::Acknowledge
            | Self::Calculate
            | Self::Hidden
            | Self::Note => &[],
        }
    }

    /// Whether it is shown to be answered.
    pub fn takes_answer(&self) -> bool {
        !matches!(self, Self::Calculate | Self::Hidden | Self::Note)
    }
}

/// One choice of a select.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// XLSForm `name`: the stored value.
    pub name: String,
    /// Text shown.
    pub label: String,
    /// Short text for a table's column head; the label where absent.
    pub short: Option<String>,
    /// Excludes every other choice of a multiple select (「特になし」).
    pub exclusive: bool,
    /// What the choice means when it is no value (不明, 該当なし).
    pub state: Option<ChoiceState>,
}

/// A choice that is a state of the cell, not a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChoiceState {
    /// 不明
    Unknown,
    /// 該当なし
    NotApplicable,
}
