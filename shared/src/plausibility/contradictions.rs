//! 矛盾: an answer breaks a rule of the questionnaire, or the questionnaire calls it unusual.

use std::collections::BTreeSet;

use super::finding::{Evidence, Finding, Related};
use super::{Examined, jumps};
use crate::questionnaire::QuestionIndex;
use crate::questionnaire::evaluation::Breach;
use crate::questionnaire::expression::Expression;

/// Every broken rule, and every soft check that fails. An unusual answer is told once: where the number changed by more
/// than its threshold, as that change.
pub fn find(examined: &Examined<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, _) in examined.questionnaire.indexed() {
        if let Some(breach) = examined.evaluation.breach(index) {
            let evidence =
                Evidence::Breach { breach, related: related(examined, index, &broken(examined, index, breach)) };
            findings.push(examined.finding(index, evidence));
        }
        if examined.evaluation.is_unusual(index) && jumps::exceeded(examined, index).is_none() {
            let reason = examined.reason(index);
            let evidence = Evidence::Unusual { related: related(examined, index, &check(examined, index)), reason };
            findings.push(examined.finding(index, evidence));
        }
    }
    findings
}

/// The expressions that do not hold.
fn broken<'r>(examined: &Examined<'r>, index: QuestionIndex, breach: Breach) -> Vec<&'r Expression> {
    let Some(rules) = examined.questionnaire.logic.rules.get(usize::from(index.0)) else { return Vec::new() };
    match breach {
        Breach::NotOffered => rules.choice_filter.iter().flatten().map(|offer| &offer.when).collect(),
        Breach::Constraint => rules.constraint.iter().collect(),
    }
}

/// The rule that asks for the reason.
fn check<'r>(examined: &Examined<'r>, index: QuestionIndex) -> Vec<&'r Expression> {
    let rules = &examined.questionnaire.logic.rules;
    let reason = rules.get(usize::from(index.0)).and_then(|rules| rules.reason);
    reason.and_then(|reason| rules.get(usize::from(reason.0))?.relevant.as_ref()).into_iter().collect()
}

/// The other questions that they mention, in the questionnaire's order, with their answers.
fn related(examined: &Examined<'_>, index: QuestionIndex, rules: &[&Expression]) -> Vec<Related> {
    let mut mentioned = BTreeSet::new();
    for rule in rules {
        rule.visit_answers(&mut |other| {
            mentioned.insert(other);
        });
    }
    mentioned.remove(&index);
    mentioned.into_iter().map(|other| Related { question: other, answer: examined.answer(other).cloned() }).collect()
}

#[cfg(test)]
mod tests {
    use super::super::samples::{Sample, integer, question_of};
    use super::*;
    use crate::questionnaire::QuestionKind;
    use crate::questionnaire::expression::{Function, Operator};
    use crate::questionnaire::logic::Rules;
    use crate::response::AnswerValue;

    const PART: QuestionIndex = QuestionIndex(0);
    const WHOLE: QuestionIndex = QuestionIndex(1);
    const REASON: QuestionIndex = QuestionIndex(2);

    fn binary(operator: Operator, left: Expression, right: Expression) -> Expression {
        Expression::Binary(operator, Box::new(left), Box::new(right))
    }

    /// A part that must not be more than the whole; the whole is unusual where it is 0.
    fn sample() -> Sample {
        let at_most = binary(Operator::LessOrEqual, Expression::Own, Expression::Answer(WHOLE));
        let more = binary(Operator::Greater, Expression::Answer(WHOLE), Expression::Number(0.0));
        let unusual = Expression::Call(Function::Not, vec![more]);
        Sample::new(
            vec![
                question_of("part", QuestionKind::Integer),
                question_of("whole", QuestionKind::Integer),
                question_of("whole.reason", QuestionKind::Text { multiline: true, max_length: 100 }),
            ],
            vec![
                Rules { constraint: Some(at_most), ..Rules::default() },
                Rules { reason: Some(REASON), ..Rules::default() },
                Rules { relevant: Some(binary(Operator::And, Expression::Answer(WHOLE), unusual)), ..Rules::default() },
            ],
        )
    }

    #[test]
    fn a_broken_rule_names_the_answers_that_it_mentions() {
        let found = sample().examine(&[integer(5), integer(3)], &[], find);
        let related = vec![Related { question: WHOLE, answer: integer(3) }];
        let evidence = Evidence::Breach { breach: Breach::Constraint, related };
        assert_eq!(found, [Finding { question: PART, now: integer(5), then: None, evidence }]);
        assert_eq!(sample().examine(&[integer(3), integer(3)], &[], find), []);
        assert_eq!(sample().examine(&[], &[], find), [], "nothing contradicts nothing");
    }

    #[test]
    fn an_unusual_answer_stands_with_its_reason_or_without() {
        let found = sample().examine(&[None, integer(0)], &[], find);
        let unusual =
            |reason: Option<&str>| Evidence::Unusual { related: Vec::new(), reason: reason.map(str::to_owned) };
        assert_eq!(found, [Finding { question: WHOLE, now: integer(0), then: None, evidence: unusual(None) }]);
        let reason = Some(AnswerValue::Text("兼務のため".to_owned()));
        let found = sample().examine(&[None, integer(0), reason], &[], find);
        assert_eq!(found[0].evidence, unusual(Some("兼務のため")));
    }
}
