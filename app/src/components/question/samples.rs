//! Questions and fields for tests.

use leptos::prelude::*;
use shared::questionnaire::{Choice, GroupLayout, Lineage, Question, QuestionKind, QuestionName};
use shared::response::answer::RawAnswer;
use shared::visibility::{QuestionVisibility, Visibility};

use super::model::{Beside, QuestionField, QuestionGroup};

/// The page's HTML without leptos's markers between texts.
pub fn plain(page: impl IntoView) -> String {
    page.to_html().replace("<!>", "")
}

/// A question of that kind, named and labelled `name`.
pub fn question(name: &str, kind: QuestionKind) -> Question {
    Question {
        name: QuestionName(name.to_owned()),
        number: format!("産-{name}"),
        concept: name.to_owned(),
        label: format!("{name}をお答えください。"),
        hint: None,
        definition: None,
        kind,
        unit: None,
        may_be_unknown: false,
        required_message: None,
        constraint_message: None,
        visibility: QuestionVisibility { aggregate: Visibility::Public, named: Visibility::Council },
        core: true,
        default: None,
        readonly: false,
        soft_message: None,
        reason_for: None,
        lineage: Lineage::default(),
    }
}

/// The levels of a stage question.
pub fn levels() -> Vec<Choice> {
    [
        ("0", "未着手（予定なし）", "未着手"),
        ("1", "検討中", "検討中"),
        ("2", "実施予定（時期決定）", "実施予定"),
        ("3", "一部実施・実証中", "一部実施"),
        ("4", "実施している（本格運用）", "実施している"),
        ("8", "該当なし（対象事務・施設がない）", "該当なし"),
        ("9", "不明", "不明"),
    ]
    .into_iter()
    .map(|(name, label, short)| Choice {
        name: name.to_owned(),
        label: label.to_owned(),
        short: Some(short.to_owned()),
        exclusive: false,
        state: None,
    })
    .collect()
}

/// A question with the levels as choices.
pub fn select(name: &str) -> Question {
    question(name, QuestionKind::SelectOne { choices: levels() })
}

/// A relevant, required field holding `values`.
pub fn field(question: Question, values: &[&str]) -> QuestionField {
    QuestionField {
        question,
        raw: RawAnswer { values: values.iter().map(|v| (*v).to_owned()).collect(), unknown: false },
        relevant: true,
        required: true,
        error: None,
        revision: 3,
        saved_at: None,
        conflict: None,
        withheld: Vec::new(),
        beside: Beside::default(),
    }
}

/// A group without heading.
pub fn group(layout: GroupLayout, questions: Vec<QuestionField>) -> QuestionGroup {
    QuestionGroup { title: None, layout, instance: None, questions }
}
