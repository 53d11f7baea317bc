//! Questions whose answers nobody but the prefecture can have used: candidates to be dropped next year.

use std::collections::BTreeSet;

use super::expression::Expression;
use super::model::{Question, QuestionIndex, Questionnaire};
use crate::indicator::Definition;
use crate::visibility::{QuestionVisibility, Visibility};

/// A question that stands in no indicator, in no published table and in no comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unused {
    /// The question.
    pub index: QuestionIndex,
    /// A rule of another question mentions it: dropping it changes what is asked there.
    pub mentioned: bool,
}

/// The questions that no definition reads and whose results only the prefecture may see, as `disclosed` says of each.
///
/// Comparisons (`comparison::Outline`) hold only what the council may see, so they need no look of their own. Whether the
/// prefecture itself read a table or fetched a file is recorded nowhere.
pub fn unused(
    questionnaire: &Questionnaire,
    definitions: &[&Definition],
    disclosed: impl Fn(&Question) -> QuestionVisibility,
) -> Vec<Unused> {
    let read: BTreeSet<&str> = definitions.iter().flat_map(|definition| definition.rule.questions()).collect();
    let mentioned = mentioned(questionnaire);
    let is_unused = |question: &Question| {
        let visibility = disclosed(question);
        question.kind.takes_answer()
            && question.reason_for.is_none()
            && !read.contains(question.concept.as_str())
            && [visibility.aggregate, visibility.named].iter().all(|seen| *seen == Visibility::Prefecture)
    };
    let all = questionnaire.indexed().filter(|(_, question)| is_unused(question));
    all.map(|(index, _)| Unused { index, mentioned: mentioned.contains(&index) }).collect()
}

/// The questions that rules of others mention.
fn mentioned(questionnaire: &Questionnaire) -> BTreeSet<QuestionIndex> {
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
    fn what_others_may_see_is_used_and_what_a_rule_mentions_is_marked() {
        let council = QuestionVisibility { aggregate: Visibility::Council, named: Visibility::Prefecture };
        let mut asked = questionnaire(vec![
            hidden("a"),
            question("b", &[]),
            hidden("c"),
            Question { visibility: council, ..question("d", &[]) },
        ]);
        let about_c = Rules { relevant: Some(Expression::Answer(QuestionIndex(2))), ..Rules::default() };
        asked.logic.rules = vec![Rules::default(), about_c, Rules::default(), Rules::default()];
        let found = unused(&asked, &[], |question| question.visibility);
        let expected = [(0, false), (2, true)];
        assert_eq!(found, expected.map(|(index, mentioned)| Unused { index: QuestionIndex(index), mentioned }));
        // What was disclosed less than the questionnaire said was seen by fewer.
        assert_eq!(unused(&asked, &[], |_| PREFECTURE).len(), 4);
    }
}
