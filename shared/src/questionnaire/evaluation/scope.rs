//! One expression evaluated on the answers as they stand.

use std::borrow::Cow;
use std::ops::{Add, Div, Mul, Rem, Sub};

use super::text;
use super::value::Value;
use crate::date;
use crate::questionnaire::expression::{Expression, Function, Operator};
use crate::questionnaire::model::QuestionIndex;
use crate::response::AnswerValue;

/// The answers, and whose expression it is.
pub(super) struct Scope<'a> {
    pub(super) values: &'a [Option<AnswerValue>],
    pub(super) previous: &'a [Option<AnswerValue>],
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
            Expression::Previous(index) => Value::of_answer(self.previous[usize::from(index.0)].as_ref()),
            Expression::Own => self.answer(self.own),
            Expression::Negate(inner) => Value::Number(-self.evaluate(inner).number()),
            Expression::Binary(operator, left, right) => self.binary(*operator, left, right),
            Expression::Call(function, arguments) => self.call(*function, arguments),
        }
    }

    fn answer(&self, index: QuestionIndex) -> Value<'a> {
        let place = usize::from(index.0);
        Value::of_answer(self.values[place].as_ref().filter(|_| self.relevant[place]))
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
        let number = |place| argument(place).number();
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
            Function::Number => Value::Number(number(0)),
            Function::Int => Value::Number(number(0).trunc()),
            Function::Abs => Value::Number(number(0).abs()),
            Function::Ceiling => Value::Number(number(0).ceil()),
            Function::Floor => Value::Number(number(0).floor()),
            Function::Round => {
                let decimals = if arguments.len() > 1 { whole(number(1)) } else { 0 };
                Value::Number(round(number(0), decimals))
            }
            Function::Pow => Value::Number(number(0).powi(whole(number(1)))),
            Function::Sum => Value::Number(self.numbers(arguments).sum()),
            Function::Min => self.foremost(arguments, f64::lt),
            Function::Max => self.foremost(arguments, f64::gt),
            Function::Days => Value::Number(days(argument(0))),
            Function::Date => Value::Text(as_date(argument(0))),
            Function::String => Value::Text(text(0)),
            #[expect(clippy::cast_precision_loss, reason = "no text has 2^53 characters")]
            Function::StringLength => Value::Number(text(0).chars().count() as f64),
            Function::Concat => {
                let mut joined = String::new();
                for inner in arguments {
                    joined.push_str(&self.evaluate(inner).text());
                }
                Value::Text(joined.into())
            }
            Function::Contains => Value::Boolean(text(0).contains(&*text(1))),
            Function::StartsWith => Value::Boolean(text(0).starts_with(&*text(1))),
            Function::EndsWith => Value::Boolean(text(0).ends_with(&*text(1))),
            Function::Substr => {
                let end = if arguments.len() > 2 { number(2) } else { f64::INFINITY };
                Value::Text(text::substr(&text(0), number(1), end).into())
            }
            Function::SubstringBefore => {
                Value::Text(text(0).split_once(&*text(1)).map_or("", |(before, _)| before).to_owned().into())
            }
            Function::SubstringAfter => {
                Value::Text(text(0).split_once(&*text(1)).map_or("", |(_, after)| after).to_owned().into())
            }
            Function::Translate => Value::Text(text::translate(&text(0), &text(1), &text(2)).into()),
            Function::NormalizeSpace => Value::Text(text::normalize_space(&text(0)).into()),
            Function::Regex => Value::Boolean(text::is_match(&text(0), &text(1))),
            Function::Selected => {
                let name = text(1);
                Value::Boolean(text(0).split_ascii_whitespace().any(|selected| selected == name))
            }
            Function::SelectedAt => {
                let place = usize::try_from(whole(number(1))).ok();
                let selected = text(0);
                let name = place.and_then(|place| selected.split_ascii_whitespace().nth(place));
                Value::Text(name.unwrap_or_default().to_owned().into())
            }
            #[expect(clippy::cast_precision_loss, reason = "no answer has 2^53 choices")]
            Function::CountSelected => Value::Number(text(0).split_ascii_whitespace().count() as f64),
        }
    }

    fn foremost(&self, arguments: &'a [Expression], before: fn(&f64, &f64) -> bool) -> Value<'a> {
        let of_two = |first: f64, second: f64| if before(&second, &first) || second.is_nan() { second } else { first };
        Value::Number(self.numbers(arguments).reduce(of_two).unwrap_or(f64::NAN))
    }

    /// The arguments as numbers, without blank ones: what was not answered adds nothing and is not the least.
    fn numbers(&self, arguments: &'a [Expression]) -> impl Iterator<Item = f64> {
        arguments.iter().map(|inner| self.evaluate(inner)).filter(|value| !value.is_blank()).map(|value| value.number())
    }
}

/// Without its decimals; 0 for NaN.
#[expect(clippy::cast_possible_truncation, reason = "saturates")]
fn whole(number: f64) -> i32 {
    number as i32
}

/// To so many decimals, halves towards positive infinity (XPath 1.0 §4.4, JavaRosa).
fn round(number: f64, decimals: i32) -> f64 {
    let unit = 10_f64.powi(decimals.saturating_abs());
    let scaled = if decimals < 0 { number / unit } else { number * unit };
    let floor = scaled.floor();
    let rounded = if scaled - floor >= 0.5 { floor + 1.0 } else { floor };
    if decimals < 0 { rounded * unit } else { rounded / unit }
}

fn days(value: Value) -> f64 {
    match value {
        Value::Number(number) => number,
        other => date::parse(&other.text()).map_or(f64::NAN, |date| f64::from(date::days(date))),
    }
}

fn as_date(value: Value) -> Cow<'static, str> {
    let days = days(value).floor();
    let date = if days.is_nan() { None } else { date::after_epoch(whole(days)) };
    date.map_or(Cow::Borrowed(""), |date| Cow::Owned(date::iso(date)))
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
        let previous = [Some(AnswerValue::Integer(4)), None, None];
        let scope =
            Scope { values: &values, previous: &previous, relevant: &[true, false, true], own: QuestionIndex(0) };
        assert_eq!(scope.evaluate(expression).text(), expected, "{expression:?}");
    }

    #[test]
    fn answers_are_read_as_they_stand() {
        assert_is(&Expression::Own, "2 10");
        assert_is(&Expression::Answer(QuestionIndex(0)), "2 10");
        assert_is(&Expression::Answer(QuestionIndex(1)), "");
        assert_is(&Expression::Answer(QuestionIndex(2)), "");
        assert_is(&Expression::Previous(QuestionIndex(0)), "4");
        assert_is(&Expression::Previous(QuestionIndex(2)), "");
    }

    #[test]
    fn selections_match_whole_names() {
        for (name, found) in [("2", "true"), ("10", "true"), ("1", "false"), ("", "false"), ("2 10", "false")] {
            assert_is(&call(Function::Selected, [Expression::Own, text(name)]), found);
        }
        assert_is(&call(Function::CountSelected, [Expression::Own]), "2");
        assert_is(&call(Function::CountSelected, [text("")]), "0");
        for (place, name) in [(0.0, "2"), (1.9, "10"), (2.0, ""), (-1.0, "")] {
            assert_is(&call(Function::SelectedAt, [Expression::Own, number(place)]), name);
        }
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
    fn a_second_argument_rounds_to_decimals() {
        for (given, decimals, rounded) in [
            (12.345, 1.0, "12.3"),
            (12.35, 1.0, "12.4"),
            (-0.25, 1.0, "-0.2"),
            (1235.5, -2.0, "1200"),
            (1.0 / 3.0, 2.0, "0.33"),
            (0.1, 400.0, "NaN"),
        ] {
            assert_is(&call(Function::Round, [number(given), number(decimals)]), rounded);
        }
    }

    #[test]
    fn blank_answers_neither_add_nor_decide() {
        let blank = || Expression::Answer(QuestionIndex(2));
        let numbers = || [number(3.0), blank(), text("-1.5")];
        assert_is(&call(Function::Sum, numbers()), "1.5");
        assert_is(&call(Function::Min, numbers()), "-1.5");
        assert_is(&call(Function::Max, numbers()), "3");
        assert_is(&call(Function::Sum, [blank()]), "0");
        assert_is(&call(Function::Min, [blank()]), "NaN");
        assert_is(&call(Function::Max, [number(1.0), text("x"), number(2.0)]), "NaN");
        assert_is(&call(Function::Sum, [call(Function::Boolean, [Expression::Own]), call(Function::True, [])]), "2");
    }

    #[test]
    fn a_date_is_a_number_of_days_and_back() {
        let days = |date: &str| call(Function::Days, [text(date)]);
        assert_is(&binary(days("2026-04-01"), Operator::Subtract, days("2026-03-01")), "31");
        assert_is(&binary(days("2026-04-01"), Operator::Less, days("2026-10-01")), "true");
        assert_is(&binary(days(""), Operator::Less, days("2026-10-01")), "false");
        assert_is(&call(Function::Days, [number(7.5)]), "7.5");
        assert_is(&call(Function::Date, [binary(days("2024-02-28"), Operator::Add, number(1.0))]), "2024-02-29");
        for no_date in [text(""), text("2026-02-30"), number(f64::NAN), number(f64::INFINITY), number(-1e9)] {
            assert_is(&call(Function::Date, [no_date]), "");
        }
    }

    #[test]
    fn functions_do_what_their_names_say() {
        assert_is(&call(Function::Abs, [number(-1.5)]), "1.5");
        assert_is(&call(Function::Ceiling, [number(1.1)]), "2");
        assert_is(&call(Function::Floor, [number(-1.1)]), "-2");
        assert_is(&call(Function::Pow, [number(2.0), number(10.0)]), "1024");
        assert_is(&call(Function::Pow, [number(2.0), number(-1.0)]), "0.5");
        assert_is(&call(Function::EndsWith, [text("青森県"), text("県")]), "true");
        assert_is(&call(Function::SubstringBefore, [text("a-b-c"), text("-")]), "a");
        assert_is(&call(Function::SubstringAfter, [text("a-b-c"), text("-")]), "b-c");
        assert_is(&call(Function::SubstringAfter, [text("abc"), text("-")]), "");
        assert_is(&call(Function::Substr, [text("青森県"), number(1.0)]), "森県");
        assert_is(&call(Function::Translate, [text("a-b"), text("-"), text("")]), "ab");
        assert_is(&call(Function::NormalizeSpace, [text(" a  b ")]), "a b");
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
