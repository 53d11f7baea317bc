//! Questionnaires for tests.

use super::logic::Logic;
use super::{Choice, Lineage, Question, QuestionKind, QuestionName, Questionnaire, Source};
use crate::visibility::{QuestionVisibility, Visibility};

/// Choices named 0, 1, … with those labels.
pub fn choices(labels: &[&str]) -> Vec<Choice> {
    let choice = |(place, label): (usize, &&str)| Choice {
        name: place.to_string(),
        label: (*label).to_owned(),
        short: None,
        exclusive: false,
        state: None,
    };
    labels.iter().enumerate().map(choice).collect()
}

/// A question of that concept with two choices, derived from others.
pub fn question(concept: &str, derived_from: &[&str]) -> Question {
    Question {
        name: QuestionName(concept.to_owned()),
        number: String::new(),
        concept: concept.to_owned(),
        label: concept.to_owned(),
        hint: None,
        definition: None,
        kind: QuestionKind::SelectOne { choices: choices(&["未着手", "検討中"]) },
        unit: None,
        may_be_unknown: false,
        required_message: None,
        constraint_message: None,
        visibility: QuestionVisibility { aggregate: Visibility::Public, named: Visibility::Public },
        core: false,
        default: None,
        readonly: false,
        soft_message: None,
        reason_for: None,
        lineage: Lineage {
            derived_from: derived_from.iter().map(|concept| (*concept).to_owned()).collect(),
            not_comparable: false,
        },
    }
}

/// A questionnaire of those questions, without sections and logic.
pub fn questionnaire(questions: Vec<Question>) -> Questionnaire {
    Questionnaire {
        form_id: "form".to_owned(),
        version: "1".to_owned(),
        title: "調査".to_owned(),
        sections: Vec::new(),
        questions,
        logic: Logic::default(),
        source: Source::default(),
    }
}
