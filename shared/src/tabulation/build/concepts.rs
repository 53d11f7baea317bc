//! Questions joined across the years.

use std::collections::{BTreeMap, BTreeSet};

use super::super::code::MOST_CHOICES;
use super::super::variable::{Edition, Variable, VariableChoice, VariableKind};
use super::BuildError;
use crate::fiscal_year::FiscalYear;
use crate::publication::{PublishedQuestion, Snapshot};
use crate::questionnaire::lineage::{Relation, relation};
use crate::response::{AnswerValue, Cell};

/// Concepts while the years are joined, earliest first.
#[derive(Default)]
pub(super) struct Concepts {
    all: Vec<Variable>,
    /// The variable of each concept ID that any year used.
    by_concept: BTreeMap<String, usize>,
}

impl Concepts {
    /// Adds a year. A question continues the variable of its concept ID, or of the one concept that it says it renames.
    pub fn join(&mut self, snapshot: &Snapshot) -> Result<(), BuildError> {
        let year = snapshot.year;
        for (place, question) in snapshot.questions.iter().enumerate() {
            let concept = concept(question);
            let renames = renamed(question, &snapshot.questions);
            let known = self.by_concept.get(renames.unwrap_or(concept)).copied();
            let index = known.unwrap_or(self.all.len());
            if known.is_none() {
                self.all.push(Variable { concept: concept.clone(), choices: Vec::new(), editions: BTreeMap::new() });
            }
            self.by_concept.insert(concept.clone(), index);
            let variable = &mut self.all[index];
            variable.concept.clone_from(concept);
            let offered = offer(variable, question)?;
            let cells = snapshot.municipalities.iter().filter_map(|m| m.cells.get(place));
            let edition = Edition {
                name: question.name.clone(),
                number: question.number.clone(),
                concept: concept.clone(),
                label: question.label.clone(),
                unit: question.unit.clone(),
                visibility: question.visibility,
                withheld: question.withheld.clone(),
                kind: kind(question, cells).unwrap_or_else(|| {
                    // Nobody gave a value: it is taken for what it was before.
                    let before = variable.editions.values().next_back().map(|edition| edition.kind);
                    let choices = !question.choices.is_empty();
                    let unanswered = if choices { VariableKind::Single } else { VariableKind::Text };
                    let fits = |kind| choices == matches!(kind, VariableKind::Single | VariableKind::Multiple);
                    before.filter(|kind| fits(*kind)).unwrap_or(unanswered)
                }),
                offered,
                not_comparable: question.lineage.not_comparable,
                continues: if renames.is_some() { Vec::new() } else { question.lineage.derived_from.clone() },
                column: 0,
            };
            if variable.editions.insert(year, edition).is_some() {
                return Err(BuildError::SameConcept { year, concept: concept.clone() });
            }
        }
        Ok(())
    }

    /// Gives every edition its columns and as many offered choices as the variable has.
    pub fn lay_out(&mut self) {
        let mut next: BTreeMap<FiscalYear, usize> = BTreeMap::new();
        for variable in &mut self.all {
            for (year, edition) in &mut variable.editions {
                edition.offered.resize(variable.choices.len(), None);
                let column = next.entry(*year).or_default();
                edition.column = *column;
                *column += 1;
                if edition.kind == VariableKind::Multiple {
                    *column += variable.choices.len();
                }
            }
        }
    }

    /// The question's variable.
    pub fn of(&self, question: &PublishedQuestion) -> Option<&Variable> {
        self.all.get(*self.by_concept.get(concept(question))?)
    }

    /// Those of the latest year in its order, then the others.
    pub fn in_order(self, latest: Option<&Snapshot>) -> Vec<Variable> {
        let Self { all, by_concept } = self;
        let asked = latest.iter().flat_map(|snapshot| &snapshot.questions);
        let mut order: Vec<usize> = asked.filter_map(|question| by_concept.get(concept(question)).copied()).collect();
        let first: BTreeSet<usize> = order.iter().copied().collect();
        order.extend((0..all.len()).filter(|index| !first.contains(index)));
        let mut all: Vec<Option<Variable>> = all.into_iter().map(Some).collect();
        order.into_iter().filter_map(|index| all.get_mut(index)?.take()).collect()
    }
}

/// What joins a question to other years: its concept, or its name where it has none (the reason for another answer).
fn concept(question: &PublishedQuestion) -> &String {
    if question.concept.is_empty() { &question.name } else { &question.concept }
}

/// The concept that a question continues under a new name.
fn renamed<'q>(question: &'q PublishedQuestion, all: &[PublishedQuestion]) -> Option<&'q String> {
    let asked = all.iter().map(|other| (other.concept.as_str(), &other.lineage));
    match relation(&question.concept, &question.lineage, asked) {
        Relation::Renamed => question.lineage.derived_from.first(),
        Relation::Same | Relation::Split | Relation::Merged => None,
    }
}

/// Matches the question's choices with the variable's by name and adds those that are new.
fn offer(variable: &mut Variable, question: &PublishedQuestion) -> Result<Vec<Option<String>>, BuildError> {
    let mut offered = vec![None; variable.choices.len()];
    for choice in question.choices.iter().filter(|choice| choice.state.is_none()) {
        let short = choice.short.clone().unwrap_or_else(|| choice.label.clone());
        let latest = VariableChoice { name: choice.name.clone(), label: choice.label.clone(), short };
        if let Some(code) = variable.choices.iter().position(|known| known.name == choice.name) {
            variable.choices[code] = latest;
            offered[code] = Some(choice.label.clone());
        } else {
            variable.choices.push(latest);
            offered.push(Some(choice.label.clone()));
        }
    }
    if variable.choices.len() > MOST_CHOICES {
        return Err(BuildError::TooManyChoices { concept: question.concept.clone() });
    }
    Ok(offered)
}

/// What the question's answers are; `None` when nobody gave any. (A snapshot does not say it.)
fn kind<'c>(question: &PublishedQuestion, cells: impl IntoIterator<Item = &'c Cell>) -> Option<VariableKind> {
    let choices = !question.choices.is_empty();
    cells.into_iter().find_map(|cell| match cell {
        Cell::Value(AnswerValue::Choice(_)) if choices => Some(VariableKind::Single),
        Cell::Value(AnswerValue::Choices(_)) if choices => Some(VariableKind::Multiple),
        Cell::Value(AnswerValue::Integer(_) | AnswerValue::Decimal(_)) if !choices => Some(VariableKind::Number),
        Cell::Value(AnswerValue::Text(_) | AnswerValue::Date(_) | AnswerValue::Choice(_)) if !choices => {
            Some(VariableKind::Text)
        }
        Cell::Value(_)
        | Cell::Unknown
        | Cell::NotApplicable
        | Cell::Skipped
        | Cell::Blank
        | Cell::NotSubmitted
        | Cell::NotAsked => None,
    })
}
