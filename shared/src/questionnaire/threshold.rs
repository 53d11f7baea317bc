//! From which change since the year before a number needs a reason.
//!
//! The compiled rule alone keeps it: what [`Threshold::exceeded`] writes, [`Threshold::of`] reads back.

use std::fmt;

use super::expression::{Expression, Function, Operator};
use super::logic::Logic;
use super::model::QuestionIndex;
use crate::response::Decimal;

/// How much a number may change without a reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Threshold {
    /// By so much.
    Absolute(Decimal),
    /// By so many per cent of the earlier number.
    Percent(Decimal),
}

impl Threshold {
    /// The change of that question since the year before is larger; false without an earlier number.
    pub fn exceeded(self, index: QuestionIndex) -> Expression {
        let number = |number: Decimal| Expression::Number(number.to_f64());
        let difference = binary(Operator::Subtract, Expression::Answer(index), Expression::Previous(index));
        match self {
            Self::Absolute(limit) => binary(Operator::Greater, absolute(difference), number(limit)),
            // Without a division, so that whole numbers are compared exactly.
            Self::Percent(limit) => binary(
                Operator::Greater,
                binary(Operator::Multiply, absolute(difference), Expression::Number(100.0)),
                binary(Operator::Multiply, absolute(Expression::Previous(index)), number(limit)),
            ),
        }
    }

    /// Whether a change is larger.
    pub fn is_exceeded(self, then: f64, now: f64) -> bool {
        let difference = (now - then).abs();
        match self {
            Self::Absolute(limit) => difference > limit.to_f64(),
            Self::Percent(limit) => difference * 100.0 > then.abs() * limit.to_f64(),
        }
    }

    /// The threshold of a question, if it has one: a part of the rule that asks for the reason.
    pub fn of(logic: &Logic, index: QuestionIndex) -> Option<Self> {
        let reason = logic.rules.get(usize::from(index.0))?.reason?;
        Self::within(logic.rules.get(usize::from(reason.0))?.relevant.as_ref()?, index)
    }

    /// Soft checks stand negated, so that what their authors wrote is never taken for a threshold.
    fn within(rule: &Expression, index: QuestionIndex) -> Option<Self> {
        match rule {
            Expression::Binary(Operator::And | Operator::Or, left, right) => {
                Self::within(left, index).or_else(|| Self::within(right, index))
            }
            Expression::Binary(Operator::Greater, _, right) => {
                let limit = match &**right {
                    Expression::Number(limit) => Self::Absolute(Decimal::nearest(*limit)?),
                    Expression::Binary(Operator::Multiply, _, limit) => match &**limit {
                        Expression::Number(limit) => Self::Percent(Decimal::nearest(*limit)?),
                        _ => return None,
                    },
                    _ => return None,
                };
                (limit.exceeded(index) == *rule).then_some(limit)
            }
            _ => None,
        }
    }
}

/// 「10」「50％」
impl fmt::Display for Threshold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absolute(limit) => write!(f, "{limit}"),
            Self::Percent(limit) => write!(f, "{limit}％"),
        }
    }
}

fn absolute(of: Expression) -> Expression {
    Expression::Call(Function::Abs, vec![of])
}

fn binary(operator: Operator, left: Expression, right: Expression) -> Expression {
    Expression::Binary(operator, Box::new(left), Box::new(right))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::questionnaire::Evaluation;
    use crate::questionnaire::logic::Rules;
    use crate::response::AnswerValue;

    const NUMBER: QuestionIndex = QuestionIndex(0);
    const REASON: QuestionIndex = QuestionIndex(1);
    const OTHER: QuestionIndex = QuestionIndex(2);

    /// A number, its reason asked for by that rule, and another question.
    fn asked_by(rule: Expression) -> Logic {
        let number = Rules { reason: Some(REASON), ..Rules::default() };
        let reason = Rules { relevant: Some(rule), ..Rules::default() };
        Logic::of(vec![number, reason, Rules::default()]).unwrap()
    }

    fn any_threshold() -> impl Strategy<Value = Threshold> {
        let limit = (1_i64..100_000, 0_u8..3).prop_map(|(number, point)| {
            Decimal::nearest(Decimal::from(number).to_f64() / 10_f64.powi(i32::from(point))).unwrap()
        });
        (limit, any::<bool>())
            .prop_map(|(limit, share)| if share { Threshold::Percent(limit) } else { Threshold::Absolute(limit) })
    }

    #[test]
    fn an_authors_own_check_is_no_threshold() {
        let ten = Threshold::Absolute(Decimal::from(10));
        let soft = Expression::Call(Function::Not, vec![ten.exceeded(NUMBER)]);
        assert_eq!(Threshold::of(&asked_by(soft.clone()), NUMBER), None);
        let half = Threshold::Percent(Decimal::from(50));
        let both = binary(Operator::Or, soft, half.exceeded(NUMBER));
        let rule = binary(Operator::And, Expression::Answer(NUMBER), both);
        assert_eq!(Threshold::of(&asked_by(rule), NUMBER), Some(half));
        assert_eq!(Threshold::of(&asked_by(half.exceeded(OTHER)), NUMBER), None, "another question's");
        assert_eq!(Threshold::of(&Logic::default(), NUMBER), None);
        assert_eq!((ten.to_string(), half.to_string()), ("10".to_owned(), "50％".to_owned()));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back_and_means_the_same(
            threshold in any_threshold(), then in -2_000_i64..2_000, now in -2_000_i64..2_000,
        ) {
            let logic = asked_by(threshold.exceeded(NUMBER));
            prop_assert_eq!(Threshold::of(&logic, NUMBER), Some(threshold));
            let answer = |number: i64| Some(AnswerValue::Integer(number));
            let evaluation = Evaluation::new(&logic, vec![answer(now)], vec![answer(then)]);
            let [then, now] = [then, now].map(|number| Decimal::from(number).to_f64());
            prop_assert_eq!(evaluation.is_unusual(NUMBER), threshold.is_exceeded(then, now));
        }
    }
}
