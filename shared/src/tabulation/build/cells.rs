//! One year's answers as bytes.

use std::collections::BTreeMap;

use super::super::code::{ANSWERED, CHOSEN, NOT_CHOSEN, State};
use super::super::cube::YearSlab;
use super::super::sheet::Sheet;
use super::super::variable::{Edition, Variable, VariableKind};
use super::BuildError;
use super::concepts::Concepts;
use crate::municipality::{Municipality, MunicipalityCode};
use crate::publication::{PublishedQuestion, Snapshot};
use crate::response::{AnswerValue, Cell, Decimal};

/// Codes one year.
pub(super) fn slab(
    snapshot: &Snapshot,
    codes: &[MunicipalityCode],
    concepts: &Concepts,
) -> Result<YearSlab, BuildError> {
    let year = snapshot.year;
    let mut register: Vec<Option<Municipality>> = vec![None; codes.len()];
    let mut sheet = Sheet::new(codes.len());
    let mut numbers = BTreeMap::new();
    let questions: Vec<(&PublishedQuestion, &Variable, &Edition)> = snapshot
        .questions
        .iter()
        .filter_map(|question| {
            let variable = concepts.of(question)?;
            Some((question, variable, variable.edition(year)?))
        })
        .collect();
    for published in &snapshot.municipalities {
        let code = published.municipality.code;
        let Ok(place) = codes.binary_search(&code) else { continue };
        if register[place].replace(published.municipality.clone()).is_some() {
            return Err(BuildError::SameMunicipality { year, code });
        }
        if published.cells.len() != snapshot.questions.len() {
            return Err(BuildError::Cells { year, code });
        }
        for (cell, (question, variable, edition)) in published.cells.iter().zip(&questions) {
            let mut target = Target { sheet: &mut sheet, numbers: &mut numbers, place, height: codes.len() };
            target.write(cell, question, variable, edition).map_err(|choice| BuildError::Choice {
                year,
                question: question.name.clone(),
                choice,
            })?;
        }
    }
    Ok(YearSlab::new(year, register, sheet, numbers).with_small_cells(snapshot.small_cells))
}

/// Where one municipality's cells go.
struct Target<'a> {
    sheet: &'a mut Sheet,
    numbers: &'a mut BTreeMap<usize, Vec<Decimal>>,
    place: usize,
    height: usize,
}

impl Target<'_> {
    /// Writes a cell; `Err` names the choice that the variable does not have.
    fn write(
        &mut self,
        cell: &Cell,
        question: &PublishedQuestion,
        variable: &Variable,
        edition: &Edition,
    ) -> Result<(), String> {
        let code = match cell {
            Cell::Value(value) => return self.write_value(value, question, variable, edition),
            Cell::Unknown => State::Unknown,
            Cell::NotApplicable => State::NotApplicable,
            Cell::Skipped => State::Skipped,
            Cell::Blank => State::Blank,
            Cell::NotSubmitted => State::NotSubmitted,
            Cell::NotAsked => State::NotAsked,
        };
        self.write_state(code, variable, edition);
        Ok(())
    }

    fn write_state(&mut self, state: State, variable: &Variable, edition: &Edition) {
        let columns = if edition.kind == VariableKind::Multiple { variable.choices.len() } else { 0 };
        for column in edition.column..=edition.column + columns {
            self.sheet.set(column, self.place, state.code());
        }
    }

    fn write_value(
        &mut self,
        value: &AnswerValue,
        question: &PublishedQuestion,
        variable: &Variable,
        edition: &Edition,
    ) -> Result<(), String> {
        let code = match (value, edition.kind) {
            (AnswerValue::State(state), _) => {
                self.write_state(State::from(*state), variable, edition);
                return Ok(());
            }
            (AnswerValue::Choices(names), VariableKind::Multiple) => {
                return self.write_choices(names, question, variable, edition);
            }
            // One choice where several could be chosen.
            (AnswerValue::Choice(name), VariableKind::Multiple) => {
                return self.write_choices(std::slice::from_ref(name), question, variable, edition);
            }
            (AnswerValue::Choice(name), VariableKind::Single) => variable.code(name).ok_or_else(|| name.clone())?,
            (AnswerValue::Integer(number), VariableKind::Number) => self.write_number(edition, Decimal::from(*number)),
            (AnswerValue::Decimal(number), VariableKind::Number) => self.write_number(edition, *number),
            (AnswerValue::Text(_) | AnswerValue::Date(_) | AnswerValue::Choice(_), VariableKind::Text) => ANSWERED,
            // No answer of this question's kind.
            (_, VariableKind::Single | VariableKind::Multiple | VariableKind::Number | VariableKind::Text) => {
                return Err(value.raw().values.join(" "));
            }
        };
        self.sheet.set(edition.column, self.place, code);
        Ok(())
    }

    fn write_number(&mut self, edition: &Edition, number: Decimal) -> u8 {
        let column = self.numbers.entry(edition.column).or_insert_with(|| vec![Decimal::from(0); self.height]);
        column[self.place] = number;
        ANSWERED
    }

    /// Several choices: chosen or not, each in its own column. Where all that was chosen are states, the cell is the
    /// first of them.
    fn write_choices(
        &mut self,
        names: &[String],
        question: &PublishedQuestion,
        variable: &Variable,
        edition: &Edition,
    ) -> Result<(), String> {
        let state_of = |name: &String| question.choices.iter().find(|choice| choice.name == *name)?.state;
        let states: Vec<State> = names.iter().filter_map(state_of).map(State::from).collect();
        if let (Some(state), true) = (states.first(), states.len() == names.len()) {
            self.write_state(*state, variable, edition);
            return Ok(());
        }
        self.sheet.set(edition.column, self.place, ANSWERED);
        for code in 0..variable.choices.len() {
            self.sheet.set(edition.column + 1 + code, self.place, NOT_CHOSEN);
        }
        for name in names.iter().filter(|name| state_of(name).is_none()) {
            let code = variable.code(name).ok_or_else(|| name.clone())?;
            self.sheet.set(edition.column + 1 + usize::from(code), self.place, CHOSEN);
        }
        Ok(())
    }
}
