//! Small rounds of level questions for tests.

use crate::publication::{PublishedMunicipality, PublishedQuestion, QuestionPlace, Snapshot};
use crate::response::{AnswerValue, Cell, ResponseState};
use crate::tabulation::samples;

pub use samples::{code, municipality, snapshot};

/// A level question whose named values the council may see.
pub fn level(name: &str) -> PublishedQuestion {
    samples::question(name, &["0", "1", "2", "3", "4"])
}

/// The same, standing somewhere.
pub fn placed(name: &str, section: &str, group: &str) -> PublishedQuestion {
    let place = QuestionPlace {
        section: section.to_owned(),
        section_title: format!("分野{section}"),
        field: None,
        group: group.to_owned(),
        group_title: format!("項目{group}"),
    };
    PublishedQuestion { place: Some(place), ..level(name) }
}

/// A cell from one character: a stage, `-` 無回答, `?` 不明, `x` 該当なし.
pub fn cell(character: char) -> Cell {
    match character {
        '-' => Cell::Blank,
        '?' => Cell::Unknown,
        'x' => Cell::NotApplicable,
        stage => Cell::Value(AnswerValue::Choice(stage.to_string())),
    }
}

/// A municipality with its population and a cell a question; no cells is no response.
pub fn answered(number: usize, population: Option<u32>, cells: &str, questions: usize) -> PublishedMunicipality {
    let mut published = samples::published(municipality(number, None, population), cells.chars().map(cell).collect());
    if cells.is_empty() {
        published.state = ResponseState::NotStarted;
        published.cells = vec![Cell::NotSubmitted; questions];
    }
    published
}

/// A round of these questions with municipalities of 20,000 and more people, each with a cell a question.
pub fn round(of: u16, questions: &[PublishedQuestion], cells: &[&str]) -> Snapshot {
    let mut round = snapshot(of, questions);
    let municipality = |(number, cells): (usize, &&str)| {
        answered(number, Some(20_000 + u32::try_from(number).unwrap_or(0)), cells, questions.len())
    };
    round.municipalities = cells.iter().enumerate().map(municipality).collect();
    round
}
