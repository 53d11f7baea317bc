//! 未回答: what is asked at present and has no answer.

use std::collections::BTreeSet;

use super::Examined;
use super::finding::{Evidence, Finding};
use crate::questionnaire::{QuestionIndex, Section};

/// Every blank, required ones and others apart. Reasons of unusual answers stand with those answers, and nobody owes a
/// further time of a repeated group in which nothing was answered.
pub fn find(examined: &Examined<'_>) -> Vec<Finding> {
    let unused = unused(examined);
    let blank = examined.questionnaire.indexed().filter(|(index, question)| {
        let asked = question.kind.takes_answer() && !question.readonly && question.reason_for.is_none();
        asked
            && examined.evaluation.is_relevant(*index)
            && examined.evaluation.value(*index).is_none()
            && !unused.contains(index)
    });
    let found = blank.map(|(index, _)| {
        let required = examined.evaluation.is_required(index);
        examined.finding(index, Evidence::Blank { required })
    });
    found.collect()
}

/// The questions of further times in which nothing was answered.
fn unused(examined: &Examined<'_>) -> BTreeSet<QuestionIndex> {
    let groups = examined.questionnaire.sections.iter().flat_map(|Section { groups, .. }| groups);
    let further = groups.filter(|group| group.instance.as_ref().is_some_and(|instance| instance.number > 1));
    let untouched = further.filter(|group| group.questions.iter().all(|index| examined.answer(*index).is_none()));
    untouched.flat_map(|group| group.questions.iter().copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::samples::{Sample, integer, question_of};
    use super::*;
    use crate::questionnaire::expression::{Expression, Function};
    use crate::questionnaire::logic::Rules;
    use crate::questionnaire::{Group, Instance, QuestionKind, SectionName};

    fn required() -> Rules {
        Rules { required: Some(Expression::Call(Function::True, Vec::new())), ..Rules::default() }
    }

    fn told(sample: &Sample, values: &[Option<crate::response::AnswerValue>]) -> Vec<(u16, bool)> {
        let found = sample.examine(values, &[], find);
        let one = |finding: &Finding| (finding.question.0, finding.evidence == Evidence::Blank { required: true });
        found.iter().map(one).collect()
    }

    #[test]
    fn required_and_optional_blanks_are_told_apart_and_what_is_not_asked_is_none() {
        let never = Rules { relevant: Some(Expression::Call(Function::False, Vec::new())), ..required() };
        let mut kept = question_of("kept", QuestionKind::Integer);
        kept.readonly = true;
        let questions = vec![
            question_of("required", QuestionKind::Integer),
            question_of("optional", QuestionKind::Integer),
            question_of("skipped", QuestionKind::Integer),
            question_of("note", QuestionKind::Note),
            kept,
        ];
        let rules = vec![required(), Rules::default(), never, Rules::default(), Rules::default()];
        let sample = Sample::new(questions, rules);
        assert_eq!(told(&sample, &[]), [(0, true), (1, false)]);
        assert_eq!(told(&sample, &[integer(0)]), [(1, false)], "0 is an answer");
    }

    #[test]
    fn a_further_time_counts_once_something_of_it_is_answered() {
        let names = ["first", "second", "second_cost"];
        let mut sample = Sample::new(
            names.map(|name| question_of(name, QuestionKind::Integer)).into(),
            vec![Rules::default(); names.len()],
        );
        let group = |number, questions: &[u16]| Group {
            instance: Some(Instance { repeat: "case".to_owned(), number, of: 2 }),
            questions: questions.iter().copied().map(QuestionIndex).collect(),
            ..Group::untitled()
        };
        sample.questionnaire.sections = vec![Section {
            name: SectionName("cases".to_owned()),
            title: "事例".to_owned(),
            lead: None,
            field: None,
            minutes: 5,
            groups: vec![group(1, &[0]), group(2, &[1, 2])],
        }];
        assert_eq!(told(&sample, &[]), [(0, false)]);
        assert_eq!(told(&sample, &[None, integer(1)]), [(0, false), (2, false)]);
    }
}
