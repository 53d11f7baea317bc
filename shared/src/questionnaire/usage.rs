//! Questions whose answers nobody but the prefecture can have used: candidates to be dropped next year.

use std::collections::BTreeSet;

use super::expression::Expression;
use super::model::{Question, QuestionIndex, Questionnaire};
use crate::indicator::Definition;
use crate::visibility::{QuestionVisibility, Visibility};

/// The questions that no definition reads and whose results only the prefecture may see, as `disclosed` says of each.
///
/// Comparisons (`comparison::Outline`) hold only what the council may see, so they need no look of their own. Whether the
/// prefecture itself read a table or fetched a file is recorded nowhere.
pub fn unused(
    questionnaire: &Questionnaire,
    definitions: &[&Definition],
    disclosed: impl Fn(&Question) -> QuestionVisibility,
) -> Vec<QuestionIndex> {
    let read: BTreeSet<&str> = definitions.iter().flat_map(|definition| definition.rule.questions()).collect();
    let is_unused = |question: &Question| {
        let visibility = disclosed(question);
        question.kind.takes_answer()
            && question.reason_for.is_none()
            && !read.contains(question.concept.as_str())
            && [visibility.aggregate, visibility.named].iter().all(|seen| *seen == Visibility::Prefecture)
    };
    questionnaire.indexed().filter(|(_, question)| is_unused(question)).map(|(index, _)| index).collect()
}

/// The questions that rules of others mention: dropping one changes what is asked there.
pub fn mentioned(questionnaire: &Questionnaire) -> BTreeSet<QuestionIndex> {
    let mut mentioned = BTreeSet::new();
    for (own, rules) in (0u16..).map(QuestionIndex).zip(&questionnaire.logic.rules) {
        rules.visit(&mut |expression| {
            expression.visit(&mut |part| {
                if let Expression::Answer(index) | Expression::Previous(index) = part
                    && *index != own
                {
                    mentioned.insert(*index);
                }
            });
        });
    }
    mentioned
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaire::logic::Rules;
    use crate::questionnaire::samples::{question, questionnaire};

    const PREFECTURE: QuestionVisibility =
        QuestionVisibility { aggregate: Visibility::Prefecture, named: Visibility::Prefecture };

    fn hidden(concept: &str) -> Question {
        Question { visibility: PREFECTURE, ..question(concept, &[]) }
    }

    #[test]
    fn what_others_may_see_is_used() {
        let council = QuestionVisibility { aggregate: Visibility::Council, named: Visibility::Prefecture };
        let council = Question { visibility: council, ..question("d", &[]) };
        let asked = questionnaire(vec![hidden("a"), question("b", &[]), hidden("c"), council]);
        assert_eq!(unused(&asked, &[], |question| question.visibility), [QuestionIndex(0), QuestionIndex(2)]);
        // What was disclosed less than the questionnaire said was seen by fewer.
        assert_eq!(unused(&asked, &[], |_| PREFECTURE).len(), 4);
    }

    #[test]
    fn a_question_that_steers_another_is_mentioned_and_one_that_looks_at_itself_is_not() {
        let mut asked = questionnaire(["a", "b"].map(|concept| question(concept, &[])).into());
        let about = |index| Rules { relevant: Some(Expression::Answer(QuestionIndex(index))), ..Rules::default() };
        asked.logic.rules = vec![about(0), about(0)];
        assert_eq!(mentioned(&asked), BTreeSet::from([QuestionIndex(0)]));
        asked.logic.rules.pop();
        assert!(mentioned(&asked).is_empty());
    }
}
