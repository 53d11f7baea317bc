//! Sheets for tests.

use shared::questionnaire::SectionName;
use shared::response::AnswerValue;

use super::model::{SheetGroup, SheetQuestion, SheetSection};
use crate::components::question::samples::select;

/// A relevant, required question with that level as its answer.
pub fn asked(name: &str, level: Option<&str>) -> SheetQuestion {
    SheetQuestion {
        question: select(name),
        relevant: true,
        required: true,
        answer: level.map(|level| AnswerValue::Choice(level.to_owned())),
        last_year: None,
        problem: None,
        warning: None,
        returned: None,
        change_href: Some(format!("/answer/2026/industry?from=check#q-{name}")),
    }
}

/// One section with one group of those questions.
pub fn sheet(questions: Vec<SheetQuestion>) -> Vec<SheetSection> {
    vec![SheetSection {
        name: SectionName("industry".to_owned()),
        title: "産業・しごと".to_owned(),
        lead: None,
        groups: vec![SheetGroup { title: None, questions }],
    }]
}
