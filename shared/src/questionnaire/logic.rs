//! The compiled logic of a questionnaire.

use serde::{Deserialize, Serialize};

use super::expression::Expression;
use super::model::QuestionIndex;

/// Every question's rules, and the order in which they are worked out.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Logic {
    /// One entry a question, by [`QuestionIndex`].
    pub rules: Vec<Rules>,
    /// Questions with a `relevant` or a `calculation`, each after all that it depends on.
    pub order: Vec<QuestionIndex>,
}

/// The rules of one question. A group's and a section's `relevant` are joined (`and`) into each question's.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Rules {
    /// Asked only when true; always when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relevant: Option<Expression>,
    /// Must be answered when true; never when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required: Option<Expression>,
    /// A given answer must make it true.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub constraint: Option<Expression>,
    /// What the answer is, instead of being typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calculation: Option<Calculation>,
    /// Choices that are not always offered; absent where all are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choice_filter: Option<Vec<Offer>>,
    /// The question that asks for the reason of an unusual answer. It is relevant just then: the soft check fails, or
    /// the number changed by more than its threshold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<QuestionIndex>,
}

/// An answer that is worked out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Calculation {
    /// How.
    pub expression: Expression,
    /// What kind of answer comes out.
    pub result: CalculationResult,
}

/// The kind of a calculated answer, always the same for one question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CalculationResult {
    /// A whole number; decimals are cut off.
    Integer,
    /// A number of at most 15 digits.
    Decimal,
    /// A date.
    Date,
    /// Anything else.
    Text,
}

/// A choice that is offered only while an expression is true (XLSForm `choice_filter`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Offer {
    /// Name of the choice.
    pub choice: String,
    /// The filter, with the choice's own columns as literals.
    pub when: Expression,
}

impl Rules {
    /// Calls `visit` for every expression, as a whole.
    pub fn visit(&self, visit: &mut dyn FnMut(&Expression)) {
        for rule in [&self.relevant, &self.required, &self.constraint].into_iter().flatten() {
            visit(rule);
        }
        if let Some(calculation) = &self.calculation {
            visit(&calculation.expression);
        }
        for offer in self.choice_filter.iter().flatten() {
            visit(&offer.when);
        }
    }

    /// What must be worked out again as soon as an answer changes that it mentions.
    fn visit_ordered(&self, visit: &mut dyn FnMut(QuestionIndex)) {
        if let Some(relevant) = &self.relevant {
            relevant.visit_answers(visit);
        }
        if let Some(calculation) = &self.calculation {
            calculation.expression.visit_answers(visit);
        }
    }

    fn is_ordered(&self) -> bool {
        self.relevant.is_some() || self.calculation.is_some()
    }
}

impl Logic {
    /// Whether any rule asks for an answer of the year before.
    pub fn looks_back(&self) -> bool {
        let mut found = false;
        for rules in &self.rules {
            rules.visit(&mut |expression| {
                expression.visit(&mut |part| found |= matches!(part, Expression::Previous(_)));
            });
        }
        found
    }

    /// Puts the rules in order.
    ///
    /// # Errors
    /// Where relevance or calculations go in a circle there is no order: the questions of one circle, each depending
    /// on the next and the last on the first.
    pub fn of(rules: Vec<Rules>) -> Result<Self, Vec<QuestionIndex>> {
        let mut logic = Self { rules, order: Vec::new() };
        let dependents = logic.dependents();
        let conditional: Vec<QuestionIndex> =
            logic.indexed().filter(|(_, rules)| rules.is_ordered()).map(|(index, _)| index).collect();
        // How many questions, themselves conditional, each waits for.
        let mut waits_for = vec![0_usize; logic.rules.len()];
        for index in conditional.iter().flat_map(|index| &dependents[place(*index)]) {
            waits_for[place(*index)] += 1;
        }
        logic.order = conditional.iter().copied().filter(|index| waits_for[place(*index)] == 0).collect();
        let mut settled = 0;
        while let Some(&index) = logic.order.get(settled) {
            settled += 1;
            for &dependent in &dependents[place(index)] {
                waits_for[place(dependent)] -= 1;
                if waits_for[place(dependent)] == 0 {
                    logic.order.push(dependent);
                }
            }
        }
        match conditional.into_iter().find(|index| waits_for[place(*index)] > 0) {
            None => Ok(logic),
            Some(stuck) => Err(logic.circle_behind(stuck, &waits_for)),
        }
    }

    /// For every question, those whose `relevant` or `calculation` mentions it, once a mention.
    pub fn dependents(&self) -> Vec<Vec<QuestionIndex>> {
        let mut dependents = vec![Vec::new(); self.rules.len()];
        for (index, rules) in self.indexed() {
            rules.visit_ordered(&mut |mentioned| dependents[place(mentioned)].push(index));
        }
        dependents
    }

    /// Every question that waits, waits for one that waits: whoever follows them comes back to where he was.
    fn circle_behind(&self, stuck: QuestionIndex, waits_for: &[usize]) -> Vec<QuestionIndex> {
        let mut path = vec![stuck];
        let mut last = stuck;
        loop {
            let mut next = None;
            self.rules[place(last)].visit_ordered(&mut |mentioned| {
                if waits_for[place(mentioned)] > 0 {
                    next = Some(mentioned);
                }
            });
            let Some(next) = next else { return path };
            if let Some(start) = path.iter().position(|visited| *visited == next) {
                return path.split_off(start);
            }
            path.push(next);
            last = next;
        }
    }

    fn indexed(&self) -> impl Iterator<Item = (QuestionIndex, &Rules)> {
        (0..=u16::MAX).map(QuestionIndex).zip(&self.rules)
    }
}

fn place(index: QuestionIndex) -> usize {
    usize::from(index.0)
}

#[cfg(test)]
mod tests {
    use super::super::expression::Operator;
    use super::*;

    fn sum_of(mentioned: &[u16]) -> Option<Expression> {
        mentioned
            .iter()
            .map(|index| Expression::Answer(QuestionIndex(*index)))
            .reduce(|a, b| Expression::Binary(Operator::Add, Box::new(a), Box::new(b)))
    }

    fn asked_if(mentioned: &[u16]) -> Rules {
        Rules { relevant: sum_of(mentioned), ..Rules::default() }
    }

    fn calculated_from(mentioned: &[u16]) -> Rules {
        let calculation =
            sum_of(mentioned).map(|expression| Calculation { expression, result: CalculationResult::Decimal });
        Rules { calculation, ..Rules::default() }
    }

    #[test]
    fn a_question_comes_after_all_that_it_depends_on() {
        let logic = Logic::of(vec![asked_if(&[2, 3, 2]), Rules::default(), asked_if(&[3]), asked_if(&[1])]).unwrap();
        assert_eq!(logic.order, [QuestionIndex(3), QuestionIndex(2), QuestionIndex(0)]);
    }

    #[test]
    fn calculations_stand_in_the_same_order() {
        let logic = Logic::of(vec![asked_if(&[1]), calculated_from(&[2]), calculated_from(&[3]), Rules::default()]);
        assert_eq!(logic.unwrap().order, [QuestionIndex(2), QuestionIndex(1), QuestionIndex(0)]);
    }

    #[test]
    fn a_circle_is_named_without_those_that_only_lead_to_it() {
        let circle = Logic::of(vec![asked_if(&[1]), asked_if(&[2]), calculated_from(&[3]), asked_if(&[1])]);
        assert_eq!(circle, Err(vec![QuestionIndex(1), QuestionIndex(2), QuestionIndex(3)]));
        assert_eq!(Logic::of(vec![asked_if(&[0])]), Err(vec![QuestionIndex(0)]));
        assert_eq!(Logic::of(vec![calculated_from(&[0])]), Err(vec![QuestionIndex(0)]));
    }
}
