//! The compiled logic of a questionnaire.

use serde::{Deserialize, Serialize};

use super::expression::Expression;
use super::model::QuestionIndex;

/// Every question's rules, and the order in which relevance is worked out.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Logic {
    /// One entry a question, by [`QuestionIndex`].
    pub rules: Vec<Rules>,
    /// Questions with a `relevant`, each after all that it depends on.
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
}

impl Logic {
    /// Puts the rules in order.
    ///
    /// # Errors
    /// Where relevance goes in a circle there is no order: the questions of one circle, each depending on the next
    /// and the last on the first.
    pub fn of(rules: Vec<Rules>) -> Result<Self, Vec<QuestionIndex>> {
        let mut logic = Self { rules, order: Vec::new() };
        let dependents = logic.dependents();
        let conditional: Vec<QuestionIndex> =
            logic.indexed().filter(|(_, rules)| rules.relevant.is_some()).map(|(index, _)| index).collect();
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

    /// For every question, those whose `relevant` mentions it, once a mention.
    pub fn dependents(&self) -> Vec<Vec<QuestionIndex>> {
        let mut dependents = vec![Vec::new(); self.rules.len()];
        for (index, rules) in self.indexed() {
            if let Some(relevant) = &rules.relevant {
                relevant.visit_answers(&mut |mentioned| dependents[place(mentioned)].push(index));
            }
        }
        dependents
    }

    /// Every question that waits, waits for one that waits: whoever follows them comes back to where he was.
    fn circle_behind(&self, stuck: QuestionIndex, waits_for: &[usize]) -> Vec<QuestionIndex> {
        let mut path = vec![stuck];
        let mut last = stuck;
        loop {
            let mut next = None;
            if let Some(relevant) = &self.rules[place(last)].relevant {
                relevant.visit_answers(&mut |mentioned| {
                    if waits_for[place(mentioned)] > 0 {
                        next = Some(mentioned);
                    }
                });
            }
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

    fn asked_if(mentioned: &[u16]) -> Rules {
        let sum = mentioned
            .iter()
            .map(|index| Expression::Answer(QuestionIndex(*index)))
            .reduce(|a, b| Expression::Binary(Operator::Or, Box::new(a), Box::new(b)));
        Rules { relevant: sum, ..Rules::default() }
    }

    #[test]
    fn a_question_comes_after_all_that_it_depends_on() {
        let logic = Logic::of(vec![asked_if(&[2, 3, 2]), Rules::default(), asked_if(&[3]), asked_if(&[1])]).unwrap();
        assert_eq!(logic.order, [QuestionIndex(3), QuestionIndex(2), QuestionIndex(0)]);
    }

    #[test]
    fn a_circle_is_named_without_those_that_only_lead_to_it() {
        let circle = Logic::of(vec![asked_if(&[1]), asked_if(&[2]), asked_if(&[3]), asked_if(&[1])]);
        assert_eq!(circle, Err(vec![QuestionIndex(1), QuestionIndex(2), QuestionIndex(3)]));
        assert_eq!(Logic::of(vec![asked_if(&[0])]), Err(vec![QuestionIndex(0)]));
    }
}
