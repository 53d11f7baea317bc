//! Functions that others can say: they cost the browser nothing.

use rxeval::parser::Expr;
use shared::date;
use shared::questionnaire::expression::{Expression, Function, Operator};

use super::super::outline::Meaning;
use super::kind::{Kind, kind_of};
use super::lowering::Lowering;
use super::{binary, call};

impl Lowering<'_, '_> {
    /// `checklist`, `weighted-checklist`, `format-date` and `jr:choice-name`, whose number of arguments was checked.
    pub(super) fn rewritten(&mut self, name: &str, arguments: &[Expr], room: usize) -> Option<Expression> {
        let (first, second) = (arguments.first()?, arguments.get(1)?);
        match name {
            "checklist" => {
                let ticked: Vec<_> = arguments.iter().skip(2).map(|argument| self.lower(argument, room)).collect();
                let ticked =
                    ticked.into_iter().map(|one| Some(call(Function::Boolean, one?))).collect::<Option<_>>()?;
                self.between(name, first, second, ticked)
            }
            "weighted-checklist" => {
                let rest: Vec<_> = arguments.iter().skip(2).map(|argument| self.lower(argument, room)).collect();
                let rest: Vec<Expression> = rest.into_iter().collect::<Option<_>>()?;
                let (pairs, []) = rest.as_chunks::<2>() else {
                    return self.problem("weighted-checklist() では、条件と重みを組にして並べてください。");
                };
                let weighed = pairs.iter().map(|[ticked, weight]| {
                    binary(Operator::Multiply, call(Function::Boolean, ticked.clone()), weight.clone())
                });
                self.between(name, first, second, weighed.collect())
            }
            "format-date" => self.format_date(first, second, room),
            _ => self.choice_name(first, second, room),
        }
    }

    /// min ≤ sum ≤ max as |2·sum − (min + max)| ≤ max − min, so that the sum stands there once.
    fn between(&mut self, name: &str, min: &Expr, max: &Expr, parts: Vec<Expression>) -> Option<Expression> {
        let (Some(min), Some(max)) = (literal(min), literal(max)) else {
            return self.problem(&format!("{name}() の最小と最大は、数で書いてください（制限しないときは -1）。"));
        };
        let sum = Expression::Call(Function::Sum, parts);
        let number = Expression::Number;
        Some(match (min >= 0.0, max >= 0.0) {
            (true, true) => {
                let twice = binary(Operator::Multiply, sum, number(2.0));
                let off = call(Function::Abs, binary(Operator::Subtract, twice, number(min + max)));
                binary(Operator::LessOrEqual, off, number(max - min))
            }
            (true, false) => binary(Operator::GreaterOrEqual, sum, number(min)),
            (false, true) => binary(Operator::LessOrEqual, sum, number(max)),
            (false, false) => Expression::Call(Function::True, Vec::new()),
        })
    }

    /// `format-date(x, '%Y年%n月')` as pieces of the date; empty without a date.
    fn format_date(&mut self, of: &Expr, format: &Expr, room: usize) -> Option<Expression> {
        let of = match self.lower(of, room)? {
            Expression::Text(text) if date::parse(&text).is_some() => call(Function::Date, Expression::Text(text)),
            other => other,
        };
        let is_simple = match &of {
            Expression::Call(Function::Date, inner) => inner.iter().all(is_leaf),
            other => is_leaf(other),
        };
        if !is_simple || kind_of(&of, self.context.own, self.context.outline, &|_| Some(Kind::Date)) != Kind::Date {
            return self.problem("format-date() の1つ目の引数は、日付の質問への ${…} にしてください。");
        }
        let Expr::Literal(format) = format else {
            return self.problem("format-date() の2つ目の引数は、引用符で囲んだ書式にしてください。例：'%Y年%n月%e日'");
        };
        let piece = |start: f64, end: f64| {
            let bounds = [Expression::Number(start), Expression::Number(end)];
            Expression::Call(Function::Substr, [of.clone()].into_iter().chain(bounds).collect())
        };
        let mut pieces = Vec::new();
        let mut characters = format.chars();
        let mut text = String::new();
        while let Some(character) = characters.next() {
            if character != '%' {
                text.push(character);
                continue;
            }
            let found = match characters.next() {
                Some('Y') => piece(0.0, 4.0),
                Some('y') => piece(2.0, 4.0),
                Some('m') => piece(5.0, 7.0),
                Some('d') => piece(8.0, 10.0),
                // Without the leading zero.
                Some('n') => call(Function::Number, piece(5.0, 7.0)),
                Some('e') => call(Function::Number, piece(8.0, 10.0)),
                _ => {
                    return self.problem("format-date() の書式に使えるのは %Y %y %m %n %d %e です。");
                }
            };
            if !text.is_empty() {
                pieces.push(Expression::Text(std::mem::take(&mut text)));
            }
            pieces.push(found);
        }
        if !text.is_empty() {
            pieces.push(Expression::Text(text));
        }
        let written = Expression::Call(Function::Concat, pieces);
        Some(Expression::Call(Function::If, vec![of, written, Expression::Text(String::new())]))
    }

    /// `jr:choice-name(x, '${name}')`: the one label that fits, among empty texts.
    fn choice_name(&mut self, of: &Expr, question: &Expr, room: usize) -> Option<Expression> {
        let of = self.lower(of, room)?;
        let is_simple = match &of {
            Expression::Call(Function::SelectedAt, inner) => inner.iter().all(is_leaf),
            other => is_leaf(other),
        };
        if !is_simple {
            return self.problem("jr:choice-name() の1つ目の引数は、${…} か selected-at(${…}, 0) にしてください。");
        }
        let outline = self.context.outline;
        let name = match question {
            Expr::Literal(text) => text.trim().strip_prefix("${").and_then(|rest| rest.strip_suffix('}')),
            _ => None,
        };
        let index = match name.and_then(|name| outline.names.get(name.trim())).map(|named| &named.meaning) {
            Some(Meaning::Question(index)) => Some(*index),
            Some(Meaning::Repeated { each, .. }) => each.first().copied(),
            Some(Meaning::Group | Meaning::Repeat(_)) | None => None,
        };
        let choices = index.map_or(&[][..], |index| outline.question(index).kind.choices());
        if choices.is_empty() {
            return self.problem(
                "jr:choice-name() の2つ目の引数は、選択肢の質問を '${名前}' と引用符で囲んで書いてください。",
            );
        }
        let labels = choices.iter().map(|choice| {
            let is_it = binary(Operator::Equal, of.clone(), Expression::Text(choice.name.clone()));
            let empty = Expression::Text(String::new());
            Expression::Call(Function::If, vec![is_it, Expression::Text(choice.label.clone()), empty])
        });
        Some(Expression::Call(Function::Concat, labels.collect()))
    }
}

/// A number, as written.
fn literal(expression: &Expr) -> Option<f64> {
    match expression {
        Expr::Number(number) if number.is_finite() => Some(*number),
        Expr::Negate(inner) => literal(inner).map(|number| -number),
        _ => None,
    }
}

/// Whether it may be written several times.
fn is_leaf(expression: &Expression) -> bool {
    !matches!(expression, Expression::Binary(..) | Expression::Negate(_) | Expression::Call(..))
}
