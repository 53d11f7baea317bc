//! Rounds for the tests beside.

use shared::fiscal_year::FiscalYear;
use shared::indicator::{FieldEngagement, Outcome};
use shared::maturity::is_level;
use shared::municipality::{Kind, Municipality};
use shared::publication::{PublishedIndicator, PublishedMunicipality, Snapshot};
use shared::questionnaire::Questionnaire;
use shared::response::{AnswerValue, Cell, ResponseState};
use shared::tabulation::SmallCells;
use shared::time::Timestamp;

use super::super::publishing::published_questions;
use super::super::setup::seeded_questionnaire;
use crate::seeds::Seeds;

pub fn questionnaire() -> Questionnaire {
    seeded_questionnaire(&Seeds::Embedded).unwrap()
}

pub fn year(year: u16) -> FiscalYear {
    FiscalYear::new(year).unwrap()
}

pub fn at(stage: &str) -> Cell {
    Cell::Value(AnswerValue::Choice(stage.into()))
}

/// One cell a question: that stage for level questions, nothing else.
pub fn cells(questionnaire: &Questionnaire, stage: &str) -> Vec<Cell> {
    let cell = |choices: &[_]| if is_level(choices) { at(stage) } else { Cell::Blank };
    questionnaire.questions.iter().map(|question| cell(question.kind.choices())).collect()
}

/// Replaces one question's cell.
pub fn set(questionnaire: &Questionnaire, cells: &mut [Cell], name: &str, cell: Cell) {
    cells[usize::from(questionnaire.find(name).unwrap().0)] = cell;
}

pub fn municipality(code: &str, population: Option<u32>) -> Municipality {
    let name = format!("架空{code}市");
    Municipality {
        code: code.parse().unwrap(),
        name,
        kana: String::new(),
        kind: Kind::City,
        region: None,
        population,
        area: None,
        tile: None,
    }
}

/// A round with those municipalities and their cells by question; `None` did not respond.
pub fn round(
    questionnaire: &Questionnaire,
    asked_in: u16,
    responses: Vec<(Municipality, Option<Vec<Cell>>)>,
) -> Snapshot {
    let questions = published_questions(questionnaire);
    let places: Vec<usize> = questions.iter().map(|q| usize::from(questionnaire.find(&q.name).unwrap().0)).collect();
    let municipalities = responses.into_iter().map(|(municipality, cells)| PublishedMunicipality {
        municipality,
        state: if cells.is_some() { ResponseState::Accepted } else { ResponseState::NotStarted },
        fields: FieldEngagement::new(),
        cells: places
            .iter()
            .map(|place| cells.as_ref().map_or(Cell::NotSubmitted, |cells| cells[*place].clone()))
            .collect(),
    });
    Snapshot {
        year: year(asked_in),
        reference_date: Timestamp(0),
        questionnaire: (questionnaire.form_id.clone(), questionnaire.version.clone()),
        municipalities: municipalities.collect(),
        questions,
        indicators: Seeds::Embedded
            .definitions()
            .unwrap()
            .into_iter()
            .map(|definition| PublishedIndicator {
                definition,
                outcome: Outcome::default(),
                left_out: 0,
                withheld: None,
                bridge: None,
            })
            .collect(),
        demonstration: false,
        small_cells: SmallCells::default(),
    }
}
