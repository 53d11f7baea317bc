//! Sections, groups, questions and choices.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::logic::Logic;
use crate::indicator::Field;
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
    /// Heading; `None` for questions directly in the section.
    pub title: Option<String>,
    /// How it is laid out.
    pub layout: GroupLayout,
    /// The questions, in order.
    pub questions: Vec<QuestionIndex>,
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
    /// A text without an answer.
    Note,
}

impl QuestionKind {
    /// The choices, empty where there are none.
    pub fn choices(&self) -> &[Choice] {
        match self {
            Self::SelectOne { choices } | Self::SelectMultiple { choices } => choices,
            Self::Text { .. } | Self::Integer | Self::Decimal | Self::Date | Self::Note => &[],
        }
    }

    /// Whether it takes an answer at all.
    pub fn takes_answer(&self) -> bool {
        !matches!(self, Self::Note)
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChoiceState {
    /// 不明
    Unknown,
    /// 該当なし
    NotApplicable,
}
