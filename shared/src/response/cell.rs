//! A cell of the results: a value or exactly one state, never merged and never coded as a number.

use serde::{Deserialize, Serialize};

use super::answer::AnswerValue;
use crate::questionnaire::{ChoiceState, Question, QuestionKind};

/// What stands in one municipality's place for one question.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cell {
    /// An answer.
    Value(AnswerValue),
    /// 不明: answered "unknown".
    Unknown,
    /// 該当なし
    NotApplicable,
    /// 分岐により対象外: skipped by logic.
    Skipped,
    /// 無回答: left blank.
    Blank,
    /// 未提出: the municipality did not respond.
    NotSubmitted,
    /// 当年度設問なし
    NotAsked,
}

impl Cell {
    /// The code of the state, for the `state` column of exports; `value` for an answer.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Value(_) => "value",
            Self::Unknown => "unknown",
            Self::NotApplicable => "not_applicable",
            Self::Skipped => "skipped",
            Self::Blank => "blank",
            Self::NotSubmitted => "not_submitted",
            Self::NotAsked => "not_asked",
        }
    }

    /// The word in Japanese.
    pub fn label(&self) -> &'static str {
        match self {
            Self::Value(_) => "回答あり",
            Self::Unknown => "不明",
            Self::NotApplicable => "該当なし",
            Self::Skipped => "分岐により対象外",
            Self::Blank => "無回答",
            Self::NotSubmitted => "未提出",
            Self::NotAsked => "当年度設問なし",
        }
    }
}

/// The cell of one question in a response that was handed in.
pub fn cell_of(question: &Question, relevant: bool, answer: Option<&AnswerValue>) -> Cell {
    if !relevant {
        return Cell::Skipped;
    }
    match answer {
        None => Cell::Blank,
        Some(AnswerValue::State(state)) => cell_of_state(*state),
        Some(AnswerValue::Choice(name)) => match &question.kind {
            QuestionKind::SelectOne { choices } => choices
                .iter()
                .find(|choice| choice.name == *name)
                .and_then(|choice| choice.state)
                .map_or_else(|| Cell::Value(AnswerValue::Choice(name.clone())), cell_of_state),
            _ => Cell::Value(AnswerValue::Choice(name.clone())),
        },
        Some(value) => Cell::Value(value.clone()),
    }
}

fn cell_of_state(state: ChoiceState) -> Cell {
    match state {
        ChoiceState::Unknown => Cell::Unknown,
        ChoiceState::NotApplicable => Cell::NotApplicable,
    }
}
