//! Functions whose arguments may name repeats: every time of a repeat is laid out as questions of its own.

use rxeval::parser::{Axis, Expr};
use shared::questionnaire::expression::{Expression, Function, Operator};

use super::super::outline::{Meaning, Outline, Time};
use super::lowering::{Lowering, answer_of, is_step};
use super::{MOST_PARTS, TOO_LONG, call, join};

/// Whether anything is answered of that time of a repeat.
pub(in super::super) fn any_answered(outline: &Outline, time: Time) -> Expression {
    let typed = outline.repeats.get(time.repeat).and_then(|repeat| repeat.typed.get(usize::from(time.number) - 1));
    let answers = typed.into_iter().flatten().copied().map(Expression::Answer).collect();
    join(Operator::Or, answers)
        .map_or(Expression::Call(Function::False, Vec::new()), |any| call(Function::Boolean, any))
}

impl Lowering<'_, '_> {
    /// `sum`, `min`, `max`, `count`, `count-non-empty`, `position` and `indexed-repeat`.
    pub(super) fn of_repeats(&mut self, name: &str, arguments: &[Expr], room: usize) -> Option<Expression> {
        match (name, arguments) {
            ("count", [Expr::Variable(of)]) => self.count(of),
            ("count", _) => self.problem("count() には、繰り返しの名前を count(${名前}) のように書いてください。"),
            ("position", [of]) if is_step(of, &Axis::Parent) => match self.context.time {
                Some(time) => Some(Expression::Number(f64::from(time.number))),
                None => self.problem("position(..) は繰り返しの中だけで使えます。"),
            },
            ("position", _) => self.problem("position() は position(..) の形だけで使えます。"),
            ("indexed-repeat", [Expr::Variable(of), Expr::Variable(repeat), Expr::Number(number)]) => {
                self.indexed_repeat(of, repeat, *number)
            }
            ("indexed-repeat", _) => {
                self.problem("indexed-repeat() は indexed-repeat(${質問}, ${繰り返し}, 1) の形だけで使えます。")
            }
            ("sum" | "count-non-empty", [_]) | ("min" | "max", [_, ..]) => {
                let lowered: Vec<_> = arguments.iter().map(|argument| self.each(argument, room)).collect();
                let all = lowered.into_iter().collect::<Option<Vec<_>>>()?.into_iter().flatten();
                let function = match name {
                    "min" => Function::Min,
                    "max" => Function::Max,
                    _ => Function::Sum,
                };
                let counts = name == "count-non-empty";
                let each = |one| if counts { call(Function::Boolean, text(one)) } else { self.as_number(one) };
                Some(Expression::Call(function, all.map(each).collect()))
            }
            _ => self.problem(&format!("{name}() の引数の数が違います。")),
        }
    }

    /// An argument: every time's answer, where it names a question of a repeat from outside.
    fn each(&mut self, argument: &Expr, room: usize) -> Option<Vec<Expression>> {
        let Expr::Variable(variable) = argument else { return Some(vec![self.lower(argument, room)?]) };
        let (answer, name) = answer_of(variable);
        match self.context.outline.names.get(name).map(|named| &named.meaning) {
            Some(Meaning::Repeated { repeat, each }) if self.context.time.is_none_or(|time| time.repeat != *repeat) => {
                self.spread_over(each.len())?;
                Some(each.iter().copied().map(answer).collect())
            }
            _ => Some(vec![self.lower(argument, room)?]),
        }
    }

    /// How many times of a repeat have any answer.
    fn count(&mut self, name: &str) -> Option<Expression> {
        let outline = self.context.outline;
        let repeat = match outline.names.get(name).map(|named| &named.meaning) {
            Some(Meaning::Repeat(repeat) | Meaning::Repeated { repeat, .. }) => *repeat,
            _ => return self.problem(&format!("count() で数えられるのは繰り返しです。{name} は繰り返しません。")),
        };
        let typed = outline.repeats.get(repeat)?.typed.as_slice();
        self.spread_over(typed.iter().map(Vec::len).sum())?;
        let times = (1_u16..).zip(typed).map(|(number, _)| any_answered(outline, Time { repeat, number }));
        Some(Expression::Call(Function::Sum, times.collect()))
    }

    fn indexed_repeat(&mut self, variable: &str, repeat_name: &str, number: f64) -> Option<Expression> {
        let outline = self.context.outline;
        let (answer, name) = answer_of(variable);
        let meaning = |name: &str| outline.names.get(name).map(|named| &named.meaning);
        let (Some(Meaning::Repeated { repeat, each }), Some(Meaning::Repeat(of))) =
            (meaning(name), meaning(repeat_name))
        else {
            return self.problem("indexed-repeat() は indexed-repeat(${質問}, ${繰り返し}, 1) の形だけで使えます。");
        };
        // Anything but a whole number of times is the 0th, which there is not.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked, and saturates")]
        let place = if number.fract() == 0.0 { number as usize } else { 0 };
        let found = place.checked_sub(1).and_then(|place| each.get(place)).copied();
        match found.filter(|_| repeat == of) {
            Some(index) => Some(answer(index)),
            None => self.problem(&format!("indexed-repeat()：{repeat_name} の{number}回目に {name} はありません。")),
        }
    }

    /// Keeps what repeats are spread to within bounds.
    fn spread_over(&mut self, answers: usize) -> Option<()> {
        self.spread += answers;
        if self.spread > MOST_PARTS { self.problem(TOO_LONG) } else { Some(()) }
    }
}

/// A number is never an empty text.
fn text(expression: Expression) -> Expression {
    match expression {
        answer @ (Expression::Answer(_) | Expression::Previous(_) | Expression::Own | Expression::Text(_)) => answer,
        other => call(Function::String, other),
    }
}
