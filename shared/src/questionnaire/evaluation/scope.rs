//! One expression evaluated on the answers as they stand.

use std::ops::{Add, Div, Mul, Rem, Sub};

use super::value::Value;
use crate::questionnaire::expression::{Expression, Function, Operator};
use crate::questionnaire::model::QuestionIndex;
use crate::response::AnswerValue;

/// The answers, and whose expression it is.
pub(super) struct Scope<'a> {
    pub(super) values: &'a [Option<AnswerValue>],
    pub(super) relevant: &'a [bool],
    /// The question that `.` stands for.
    pub(super) own: QuestionIndex,
}

impl<'a> Scope<'a> {
    pub(super) fn evaluate(&self, expression: &'a Expression) -> Value<'a> {
        match expression {
            Expression::Number(number) => Value::Number(*number),
            Expression::Text(text) => Value::Text(text.into()),
            Expression::Answer(index) => self.answer(*index),
            Expression::Own => self.answer(self.own),
            Expression::Negate(inner) => Value::Number(-self.evaluate(inner).number()),
            Expression::Binary(operator, left, right) => self.binary(*operator, left, right),
            Expression::Call(function, arguments) => self.call(*function, arguments),
        }
    }

    fn answer(&self, index: QuestionIndex) -> Value<'a> {
        let place = usize::from(index.0);
        match &self.values[place] {
            Some(answer) if self.relevant[place] => Value::of_answer(answer),
            _ => Value::EMPTY,
        }
    }

    fn binary(&self, operator: Operator, left: &'a Expression, right: &'a Expression) -> Value<'a> {
        let (left, right) = (|| self.evaluate(left), || self.evaluate(right));
        let compare = |holds: fn(&f64, &f64) -> bool| Value::Boolean(holds(&left().number(), &right().number()));
        let calculate = |result: fn(f64, f64) -> f64| Value::Number(result(left().number(), right().number()));
        match operator {
            Operator::Or => Value::Boolean(left().boolean() || right().boolean()),
            Operator::And => Value::Boolean(left().boolean() && right().boolean()),
            Operator::Equal => Value::Boolean(left().equals(&right())),
            Operator::NotEqual => Value::Boolean(!left().equals(&right())),
            Operator::Less => compare(f64::lt),
            Operator::LessOrEqual => compare(f64::le),
            Operator::Greater => compare(f64::gt),
            Operator::GreaterOrEqual => compare(f64::ge),
            Operator::Add => calculate(f64::add),
            Operator::Subtract => calculate(f64::sub),
            Operator::Multiply => calculate(f64::mul),
            Operator::Divide => calculate(f64::div),
            Operator::Modulo => calculate(f64::rem),
        }
    }

    fn call(&self, function: Function, arguments: &'a [Expression]) -> Value<'a> {
        // The compiler checked how many there are.
        let argument = |place: usize| arguments.get(place).map_or(Value::EMPTY, |inner| self.evaluate(inner));
        let text = |place| argument(place).text();
        match function {
            Function::Boolean => Value::Boolean(argument(0).boolean()),
            Function::Not => Value::Boolean(!argument(0).boolean()),
            Function::True => Value::Boolean(true),
            Function::False => Value::Boolean(false),
            Function::If => argument(if argument(0).boolean() { 1 } else { 2 }),
            Function::Coalesce => {
                let first = text(0);
                Value::Text(if first.is_empty() { text(1) } else { first })
            }
            Function::Number => Value::Number(argument(0).number()),
            Function::Int => Value::Number(argument(0).number().trunc()),
            Function::Round => Value::Number(round(argument(0).number())),
            Function::String => Value::Text(text(0)),
            #[expect(clippy::cast_precision_loss, reason = "no text has 2^53 characters")]
            Function::StringLength => Value::Number(text(0).chars().count() as f64),
            Function::Concat => {
                let joined: String = arguments.iter().map(|inner| self.evaluate(inner).text()).collect();
                Value::Text(joined.into())
            }
            Function::Contains => Value::Boolean(text(0).contains(&*text(1))),
            Function::StartsWith => Value::Boolean(text(0).starts_with(&*text(1))),
            Function::Selected => {
                let name = text(1);
                Value::Boolean(text(0).split_ascii_whitespace().any(|selected| selected == name))
            }
            #[expect(clippy::cast_precision_loss, reason = "no answer has 2^53 choices")]
            Function::CountSelected => Value::Number(text(0).split_ascii_whitespace().count() as f64),
        }
    }
}

/// To the nearest whole number, halves towards positive infinity (XPath 1.0 §4.4, JavaRosa).
fn round(number: f64) -> f64 {
    let floor = number.floor();
    if number - floor >= 0.5 { floor + 1.0 } else { floor }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(number: f64) -> Expression {
        Expression::Number(number)
    }

    fn text(text: &str) -> Expression {
        Expression::Text(text.to_owned())
    }

    fn call(function: Function, arguments: impl Into<Vec<Expression>>) -> Expression {
        Expression::Call(function, arguments.into())
    }

    fn binary(left: Expression, operator: Operator, right: Expression) -> Expression {
        Expression::Binary(operator, Box::new(left), Box::new(right))
    }

    /// Question 0 is answered "2 10" and asked, question 1 is answered 5 and not asked, question 2 is blank; `.` is 0.
    #[track_caller]
    fn assert_is(expression: &Expression, expected: &str) {
        let values = [Some(AnswerValue::Choices(vec!["2".into(), "10".into()])), Some(AnswerValue::Integer(5)), None];
        let scope = Scope { values: &values, relevant: &[true, false, true], own: QuestionIndex(0) };
        assert_eq!(scope.evaluate(expression).text(), expected, "{expression:?}");
    }

    #[test]
    fn answers_are_read_as_they_stand() {
        assert_is(&Expression::Own, "2 10");
        assert_is(&Expression::Answer(QuestionIndex(0)), "2 10");
        assert_is(&Expression::Answer(QuestionIndex(1)), "");
        assert_is(&Expression::Answer(QuestionIndex(2)), "");
    }

    #[test]
    fn selections_match_whole_names() {
        for (name, found) in [("2", "true"), ("10", "true"), ("1", "false"), ("", "false"), ("2 10", "false")] {
            assert_is(&call(Function::Selected, [Expression::Own, text(name)]), found);
        }
        assert_is(&call(Function::CountSelected, [Expression::Own]), "2");
        assert_is(&call(Function::CountSelected, [text("")]), "0");
    }

    #[test]
    fn arithmetic_is_ieee() {
        let seven = || number(7.0);
        assert_is(&binary(seven(), Operator::Divide, number(2.0)), "3.5");
        assert_is(&binary(seven(), Operator::Divide, number(0.0)), "Infinity");
        assert_is(&binary(Expression::Negate(Box::new(seven())), Operator::Modulo, number(3.0)), "-1");
        assert_is(&binary(text("3"), Operator::Add, text("4")), "7");
        assert_is(&binary(text(""), Operator::Add, number(1.0)), "NaN");
    }

    #[test]
    fn order_is_numeric_and_nan_has_none() {
        assert_is(&binary(text("9"), Operator::Less, text("10")), "true");
        for operator in [Operator::Less, Operator::LessOrEqual, Operator::Greater, Operator::GreaterOrEqual] {
            assert_is(&binary(text(""), operator, number(0.0)), "false");
        }
        assert_is(&binary(number(2.0), Operator::GreaterOrEqual, number(2.0)), "true");
    }

    #[test]
    fn halves_are_rounded_up_and_int_cuts() {
        for (given, rounded, cut) in [
            (1.5, "2", "1"),
            (-1.5, "-1", "-1"),
            (-2.5, "-2", "-2"),
            (0.499_999_999_999_999_94, "0", "0"),
            (-0.2, "0", "0"),
            (f64::NAN, "NaN", "NaN"),
            (f64::INFINITY, "Infinity", "Infinity"),
        ] {
            assert_is(&call(Function::Round, [number(given)]), rounded);
            assert_is(&call(Function::Int, [number(given)]), cut);
        }
    }

    #[test]
    fn functions_do_what_their_names_say() {
        assert_is(&call(Function::If, [text(""), text("then"), text("else")]), "else");
        assert_is(&call(Function::Coalesce, [text(""), text("b")]), "b");
        assert_is(&call(Function::Coalesce, [text("a"), text("b")]), "a");
        assert_is(&call(Function::StringLength, [text("青森県𠮷")]), "4");
        assert_is(&call(Function::Concat, [text("a"), number(1.0), call(Function::True, [])]), "a1true");
        assert_is(&call(Function::Contains, [text("青森県"), text("森")]), "true");
        assert_is(&call(Function::StartsWith, [text("青森県"), text("森")]), "false");
        assert_is(&call(Function::Number, [call(Function::False, [])]), "0");
        assert_is(&call(Function::Not, [call(Function::Boolean, [text("false")])]), "false");
        assert_is(&call(Function::String, [binary(number(1.0), Operator::Equal, text("1.0"))]), "true");
    }

    #[test]
    fn and_and_or_are_boolean() {
        assert_is(&binary(text("x"), Operator::And, number(2.0)), "true");
        assert_is(&binary(text(""), Operator::Or, number(0.0)), "false");
        assert_is(&binary(text("a"), Operator::NotEqual, text("b")), "true");
    }
}
