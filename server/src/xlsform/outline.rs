//! The outline of a form: sections, groups and questions, before their expressions.

use std::collections::BTreeMap;

use shared::questionnaire::{Question, QuestionIndex, Section, Threshold};

use super::parameters::Range;
use super::row_type::RowType;
use super::workbook::Row;

/// What the survey sheet says, without its expressions.
#[derive(Debug, Default)]
pub(super) struct Outline<'s> {
    pub sections: Vec<Section>,
    pub questions: Vec<Question>,
    /// Where each question comes from, by [`QuestionIndex`].
    pub places: Vec<Place<'s>>,
    /// What every name in an expression stands for.
    pub names: BTreeMap<String, Named<'s>>,
    pub repeats: Vec<Repeat>,
}

/// Where a question comes from.
#[derive(Debug, Clone)]
pub(super) struct Place<'s> {
    pub row: &'s Row,
    pub kind: RowType<'s>,
    pub role: Role,
    /// The rows of the groups around it, outermost first.
    pub groups: Vec<&'s Row>,
    /// Which time of a repeat it is.
    pub time: Option<Time>,
    pub range: Option<Range>,
    pub threshold: Option<Threshold>,
}

impl Place<'_> {
    /// Whether the row makes this question for the first time: what is wrong with the row is told once.
    pub fn is_first(&self) -> bool {
        self.role == Role::Row && self.time.is_none_or(|time| time.number == 1)
    }
}

/// How a question comes from its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// It is the row's own.
    Row,
    /// The text of 「その他」 (`or_other`).
    Other(QuestionIndex),
    /// The reason of an unusual answer.
    Reason(QuestionIndex),
}

/// One time of a repeat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Time {
    /// Place in [`Outline::repeats`].
    pub repeat: usize,
    /// Counted from 1.
    pub number: u16,
}

/// A group that is asked several times.
#[derive(Debug, Default)]
pub(super) struct Repeat {
    /// Of every time, the questions whose answers show that it is used: those that somebody types.
    pub typed: Vec<Vec<QuestionIndex>>,
}

/// What a name stands for, and its row.
#[derive(Debug, Clone)]
pub(super) struct Named<'s> {
    pub row: &'s Row,
    pub meaning: Meaning,
}

/// What a name stands for.
#[derive(Debug, Clone)]
pub(super) enum Meaning {
    /// A section or a group.
    Group,
    /// A repeated group, by its place in [`Outline::repeats`].
    Repeat(usize),
    /// A question that is asked once.
    Question(QuestionIndex),
    /// A question of a repeat, in the order of its times.
    Repeated { repeat: usize, each: Vec<QuestionIndex> },
}

impl Outline<'_> {
    /// The question at that place.
    pub fn question(&self, index: QuestionIndex) -> &Question {
        &self.questions[usize::from(index.0)]
    }

    /// Where that question comes from.
    pub fn place(&self, index: QuestionIndex) -> &Place<'_> {
        &self.places[usize::from(index.0)]
    }
}
