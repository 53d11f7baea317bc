//! What a questionnaire's questions are used for: those that nobody used are candidates to be dropped next year, those
//! that definitions read must stay.

use std::collections::BTreeSet;

use super::expression::Expression;
use super::model::{Question, QuestionIndex, Questionnaire};
use crate::indicator::Definition;
use crate::visibility::{QuestionVisibility, Visibility};

/// The questions that no definition reads and whose results nobody opened: `opened` holds the 概念IDs of those that
/// somebody did.
pub fn unused(
    questionnaire: &Questionnaire,
    definitions: &[&Definition],
    opened: &BTreeSet<String>,
) -> Vec<QuestionIndex> {
    read_by_none(questionnaire, definitions, |question| !opened.contains(&question.concept))
}

/// The questions that no definition reads and whose results only the prefecture may see, as `disclosed` says of each.
///
/// Comparisons (`comparison::Outline`) hold only what the council may see, so they need no look of their own.
pub fn hidden(
    questionnaire: &Questionnaire,
    definitions: &[&Definition],
    disclosed: impl Fn(&Question) -> QuestionVisibility,
) -> Vec<QuestionIndex> {
    read_by_none(questionnaire, definitions, |question| {
        let visibility = disclosed(question);
        [visibility.aggregate, visibility.named].iter().all(|seen| *seen == Visibility::Prefecture)
    })
}

/// Those that no definition reads, as far as they are wanted; reasons belong to the question that asks for them.
fn read_by_none(
    questionnaire: &Questionnaire,
    definitions: &[&Definition],
    wanted: impl Fn(&Question) -> bool,
) -> Vec<QuestionIndex> {
    let read: BTreeSet<&str> = definitions.iter().flat_map(|definition| definition.rule.questions()).collect();
    let is_one = |question: &Question| {
        question.kind.takes_answer()
            && question.reason_for.is_none()
            && !read.contains(question.concept.as_str())
            && wanted(question)
    };
    questionnaire.indexed().filter(|(_, question)| is_one(question)).map(|(index, _)| index).collect()
}

/// 概念IDs of the questions that a definition reads and the questionnaire does not ask, each once, in the rule's order.
/// To the definition they are questions that nobody was asked: where they decide, everybody is undetermined.
pub fn lacking<'d>(questionnaire: &Questionnaire, definition: &'d Definition) -> Vec<&'d str> {
    let asked = |concept: &str| questionnaire.questions.iter().any(|q| q.concept == concept && q.kind.takes_answer());
    let mut lacking: Vec<&str> = Vec::new();
    for concept in definition.rule.questions() {
        if !asked(concept) && !lacking.contains(&concept) {
            lacking.push(concept);
        }
    }
    lacking
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
    use crate::fiscal_year::FiscalYear;
    use crate::indicator::{AreaRule, Counts, Denominator, Field, FieldRule, FieldTest, Quota, Role, Rule, Treatment};
    use crate::questionnaire::logic::Rules;
    use crate::questionnaire::samples::{question, questionnaire};

    const PREFECTURE: QuestionVisibility =
        QuestionVisibility { aggregate: Visibility::Prefecture, named: Visibility::Prefecture };

    fn for_the_prefecture(concept: &str) -> Question {
        Question { visibility: PREFECTURE, ..question(concept, &[]) }
    }

    #[test]
    fn what_others_may_see_is_not_hidden() {
        let council = QuestionVisibility { aggregate: Visibility::Council, named: Visibility::Prefecture };
        let council = Question { visibility: council, ..question("d", &[]) };
        let asked = questionnaire(vec![for_the_prefecture("a"), question("b", &[]), for_the_prefecture("c"), council]);
        assert_eq!(hidden(&asked, &[], |question| question.visibility), [QuestionIndex(0), QuestionIndex(2)]);
        // What was disclosed less than the questionnaire said was seen by fewer.
        assert_eq!(hidden(&asked, &[], |_| PREFECTURE).len(), 4);
    }

    /// Industry by one question, living by two areas that share a question.
    fn definition() -> Definition {
        let area = |name: &str, questions: &[&str]| AreaRule {
            name: name.to_owned(),
            quota: Quota::Any,
            questions: questions.iter().map(|concept| (*concept).to_owned()).collect(),
        };
        let areas = vec![area("子育て", &["b", "c"]), area("学校教育", &["c", "d"])];
        let living = FieldRule { field: Field::Living, test: FieldTest::Areas { quota: Quota::All, areas } };
        let industry = FieldRule { field: Field::Industry, test: FieldTest::Question("a".to_owned()) };
        Definition {
            id: "d".to_owned(),
            version: 1,
            role: Role::Headline,
            official: true,
            title: "割合".to_owned(),
            description: String::new(),
            valid_from: FiscalYear::new(2023).unwrap(),
            valid_to: None,
            rule: Rule { quota: Quota::Any, fields: vec![industry, living] },
            counts: Counts::Choices(vec!["1".to_owned()]),
            treatment: Treatment::default(),
            denominator: Denominator::default(),
            source: String::new(),
            note: String::new(),
        }
    }

    #[test]
    fn what_a_definition_reads_and_what_was_opened_is_used() {
        let asked = questionnaire(["a", "e", "f"].map(|concept| question(concept, &[])).into());
        let opened = BTreeSet::from(["f".to_owned()]);
        assert_eq!(unused(&asked, &[&definition()], &opened), [QuestionIndex(1)]);
        assert_eq!(unused(&asked, &[], &BTreeSet::new()).len(), 3);
    }

    #[test]
    fn a_question_that_was_renamed_or_dropped_is_lacking_to_the_definition_once() {
        let of = |concepts: &[&str]| questionnaire(concepts.iter().map(|concept| question(concept, &[])).collect());
        assert_eq!(lacking(&of(&["d", "c", "b", "a"]), &definition()), [""; 0]);
        assert_eq!(lacking(&of(&["a", "b"]), &definition()), ["c", "d"]);
        let renamed = questionnaire(vec![question("new", &["a"]), question("b", &[]), question("c", &[])]);
        assert_eq!(lacking(&renamed, &definition()), ["a", "d"]);
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
