//! The one evaluator, for the browser and the server.
//!
//! - [`value`]: XPath's three types and the conversions between them
//! - [`text`]: what expressions do with text
//! - [`scope`]: one expression evaluated on the answers as they stand
//! - [`stale`]: what is still to be worked out
//!
//! This file keeps relevance and calculated answers up to date, answer by answer.

mod scope;
mod stale;
mod text;
mod value;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

use self::scope::Scope;
use self::stale::Stale;
use super::expression::Expression;
use super::logic::{Calculation, CalculationResult, Logic, Rules};
use super::model::QuestionIndex;
use crate::date;
use crate::response::{AnswerValue, Decimal};

/// A questionnaire's logic evaluated on answers, kept up to date answer by answer.
///
/// An answer whose question is not asked at present is kept, but is empty to every expression.
#[derive(Debug, Clone)]
pub struct Evaluation<'l> {
    logic: &'l Logic,
    values: Vec<Option<AnswerValue>>,
    previous: Vec<Option<AnswerValue>>,
    relevant: Vec<bool>,
    /// For every question, the places in [`Logic::order`] of those that must be worked out again when it changes.
    dependents: Vec<Vec<u16>>,
    stale: Stale,
}

/// What follows from one changed answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Questions that are asked now and were not, or the other way round.
    pub relevance: Vec<QuestionIndex>,
    /// Questions whose calculated answer changed.
    pub values: Vec<QuestionIndex>,
}

/// Why an answer must be changed before it can be handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Breach {
    /// A choice was made that the other answers rule out.
    NotOffered,
    /// The constraint does not hold.
    Constraint,
}

impl Breach {
    /// What is said about it; `own` is the question's own message on its constraint.
    pub fn message(self, own: Option<&str>) -> &str {
        match self {
            Self::NotOffered => "ほかの回答と合わない選択肢です。選び直してください。",
            Self::Constraint => own.unwrap_or("入力できる範囲を外れています。値を確認してください。"),
        }
    }
}

/// Whether it is a pattern that `regex()` knows.
#[cfg(feature = "regex")]
pub fn is_pattern(pattern: &str) -> bool {
    text::anchored(pattern).is_some()
}

impl<'l> Evaluation<'l> {
    /// Evaluates everything once. `values` and `previous` (the answers of the year before) have one entry a question,
    /// by [`QuestionIndex`]; missing ones are blank. What is given for a calculated question is disregarded.
    pub fn new(logic: &'l Logic, mut values: Vec<Option<AnswerValue>>, mut previous: Vec<Option<AnswerValue>>) -> Self {
        values.resize(logic.rules.len(), None);
        previous.resize(logic.rules.len(), None);
        for (value, rules) in values.iter_mut().zip(&logic.rules) {
            if rules.calculation.is_some() {
                *value = None;
            }
        }
        let mut place_in_order = vec![0; values.len()];
        for (place_of, index) in (0_u16..).zip(&logic.order) {
            place_in_order[place(*index)] = place_of;
        }
        let in_order = |of: Vec<QuestionIndex>| of.into_iter().map(|index| place_in_order[place(index)]).collect();
        let mut evaluation = Self {
            logic,
            relevant: vec![true; values.len()],
            values,
            previous,
            dependents: logic.dependents().into_iter().map(in_order).collect(),
            stale: Stale::all(logic.order.len()),
        };
        evaluation.settle();
        evaluation
    }

    /// Changes one answer and works out again what depends on it. A calculated answer cannot be changed.
    pub fn set(&mut self, index: QuestionIndex, value: Option<AnswerValue>) -> Changes {
        if self.rules(index).calculation.is_some() || self.values[place(index)] == value {
            return Changes::default();
        }
        self.values[place(index)] = value;
        // Not asked, it was empty to every expression and still is.
        if self.is_relevant(index) {
            self.mark_dependents(index);
        }
        self.settle()
    }

    /// The answer as given or calculated, whether relevant or not; what is not relevant is not calculated.
    pub fn value(&self, index: QuestionIndex) -> Option<&AnswerValue> {
        self.values[place(index)].as_ref()
    }

    /// Whether the question is asked at present.
    pub fn is_relevant(&self, index: QuestionIndex) -> bool {
        self.relevant[place(index)]
    }

    /// Whether the question is asked at present and must be answered.
    pub fn is_required(&self, index: QuestionIndex) -> bool {
        self.is_relevant(index) && self.holds(index, self.rules(index).required.as_ref(), false)
    }

    /// Whether the question is asked, must be answered and is not. A state such as 不明 is an answer.
    pub fn is_missing(&self, index: QuestionIndex) -> bool {
        self.value(index).is_none() && self.is_required(index)
    }

    /// Whether the question is asked, is answered with a value (not a state) and the value must be changed.
    pub fn breaks_constraint(&self, index: QuestionIndex) -> bool {
        self.breach(index).is_some()
    }

    /// The same, with what is wrong.
    pub fn breach(&self, index: QuestionIndex) -> Option<Breach> {
        let value = self.value(index).filter(|_| self.is_relevant(index))?;
        let offered = |name: &String| self.is_offered(index, name);
        let all_offered = match value {
            AnswerValue::State(_) => return None,
            AnswerValue::Choice(name) => offered(name),
            AnswerValue::Choices(names) => names.iter().all(offered),
            AnswerValue::Text(_) | AnswerValue::Integer(_) | AnswerValue::Decimal(_) | AnswerValue::Date(_) => true,
        };
        if !all_offered {
            Some(Breach::NotOffered)
        } else if self.holds(index, self.rules(index).constraint.as_ref(), true) {
            None
        } else {
            Some(Breach::Constraint)
        }
    }

    /// Whether the choice of that name can be chosen at present.
    pub fn is_offered(&self, index: QuestionIndex, choice: &str) -> bool {
        let filter = self.rules(index).choice_filter.as_ref();
        let offer = filter.and_then(|offers| offers.iter().find(|offer| offer.choice == choice));
        self.holds(index, offer.map(|offer| &offer.when), true)
    }

    /// Whether the answer is unusual and its reason is asked for: the soft check fails, or the number changed by more
    /// than its threshold since the year before.
    pub fn is_unusual(&self, index: QuestionIndex) -> bool {
        self.rules(index).reason.is_some_and(|reason| self.is_relevant(reason))
    }

    /// Works out everything that is stale. In [`Logic::order`] every question comes after all that it depends on, so
    /// one pass settles everything.
    fn settle(&mut self) -> Changes {
        let mut changes = Changes::default();
        let mut from = 0;
        while let Some(next) = self.stale.take(from) {
            from = next;
            let index = self.logic.order[next];
            let relevant = self.holds(index, self.rules(index).relevant.as_ref(), true);
            let flipped = std::mem::replace(&mut self.relevant[place(index)], relevant) != relevant;
            let before = self.values[place(index)].is_some();
            let calculated = match &self.rules(index).calculation {
                None => false,
                Some(calculation) => {
                    let value = if relevant { self.calculate(index, calculation) } else { None };
                    let differs = self.values[place(index)] != value;
                    self.values[place(index)] = value;
                    differs
                }
            };
            if flipped {
                changes.relevance.push(index);
            }
            if calculated {
                changes.values.push(index);
            }
            // Without an answer nobody sees whether it is relevant.
            if calculated || flipped && before {
                self.mark_dependents(index);
            }
        }
        changes
    }

    fn calculate(&self, index: QuestionIndex, calculation: &'l Calculation) -> Option<AnswerValue> {
        let value = self.scope(index).evaluate(&calculation.expression);
        match calculation.result {
            CalculationResult::Integer => {
                let (whole, scale) = Decimal::nearest(value.number().trunc())?.parts();
                (scale == 0).then_some(AnswerValue::Integer(whole))
            }
            CalculationResult::Decimal => Decimal::nearest(value.number()).map(AnswerValue::Decimal),
            CalculationResult::Date => Some(AnswerValue::Date(date::iso(date::parse(&value.text())?))),
            CalculationResult::Text => {
                let text = value.text();
                (!text.is_empty()).then(|| AnswerValue::Text(text.into_owned()))
            }
        }
    }

    fn holds(&self, index: QuestionIndex, rule: Option<&Expression>, when_absent: bool) -> bool {
        rule.map_or(when_absent, |expression| self.scope(index).evaluate(expression).boolean())
    }

    fn scope(&self, own: QuestionIndex) -> Scope<'_> {
        Scope { values: &self.values, previous: &self.previous, relevant: &self.relevant, own }
    }

    fn rules(&self, index: QuestionIndex) -> &'l Rules {
        &self.logic.rules[place(index)]
    }

    fn mark_dependents(&mut self, index: QuestionIndex) {
        for dependent in &self.dependents[place(index)] {
            self.stale.mark(usize::from(*dependent));
        }
    }
}

fn place(index: QuestionIndex) -> usize {
    usize::from(index.0)
}
