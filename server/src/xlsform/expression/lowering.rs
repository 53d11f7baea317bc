//! A parsed expression, part by part.

use std::borrow::Cow;

use rxeval::parser::{Axis, BinaryOp, Expr, NameTest};
use shared::date;
use shared::questionnaire::QuestionIndex;
use shared::questionnaire::expression::{Expression, Function, Operator};

use super::super::columns;
use super::super::outline::Meaning;
use super::functions::{Known, find};
use super::kind::{Kind, kind_of};
use super::references::LAST_SAVED;
use super::{Context, DEEPEST_JSON, TOO_DEEP, binary, call, join};

/// The work on one expression.
pub(super) struct Lowering<'a, 'p> {
    pub context: Context<'a>,
    problems: &'p mut Vec<String>,
    /// How many references to single answers came of references to repeats.
    pub spread: usize,
}

impl<'a, 'p> Lowering<'a, 'p> {
    pub fn new(context: Context<'a>, problems: &'p mut Vec<String>) -> Self {
        Self { context, problems, spread: 0 }
    }

    /// The whole expression.
    pub fn lower_all(&mut self, expression: &Expr) -> Option<Expression> {
        self.lower(expression, DEEPEST_JSON)
    }

    /// `room` is how much deeper it may nest.
    pub fn lower(&mut self, expression: &Expr, room: usize) -> Option<Expression> {
        if room == 0 {
            return self.problem(TOO_DEEP);
        }
        match expression {
            Expr::Number(number) if number.is_finite() => Some(Expression::Number(*number)),
            Expr::Number(_) => self.problem("数が大きすぎます。"),
            Expr::Literal(text) => Some(Expression::Text(text.clone())),
            Expr::Variable(name) => self.reference(name),
            Expr::Negate(inner) => {
                let inner = self.lower(inner, room.saturating_sub(1))?;
                Some(Expression::Negate(Box::new(self.as_number(inner))))
            }
            Expr::Binary { op, left, right } => self.binary(*op, left, right, room.saturating_sub(2)),
            Expr::Function { name, args } => self.call(name, args, room.saturating_sub(3)),
            Expr::Path { .. } if is_step(expression, &Axis::Self_) => {
                if self.context.own.is_some() {
                    Some(Expression::Own)
                } else {
                    self.problem(&format!("{}では . （自分自身の回答）を使えません。", self.context.column))
                }
            }
            Expr::Path { absolute: false, steps } => match steps.as_slice() {
                [step] if step.axis == Axis::Child && step.predicates.is_empty() => match &step.test {
                    NameTest::Named(name) => self.bare_name(name),
                    NameTest::Any => self.problem("* だけの式は使えません。"),
                },
                _ => self.problem("パスには対応していません。回答は ${名前} で参照してください。"),
            },
            Expr::Path { .. } | Expr::Filter { .. } | Expr::Union(..) => {
                self.problem("パスと述語（/ [ ] |）には対応していません。回答は ${名前} で参照してください。")
            }
        }
    }

    /// What a `${name}` means where the expression stands.
    fn reference(&mut self, variable: &str) -> Option<Expression> {
        let (answer, name) = answer_of(variable);
        match &self.context.outline.names.get(name)?.meaning {
            Meaning::Question(index) => Some(answer(*index)),
            Meaning::Repeated { repeat, each } => match self.context.time.filter(|time| time.repeat == *repeat) {
                Some(time) => each.get(usize::from(time.number).checked_sub(1)?).copied().map(answer),
                None => self.problem(&format!(
                    "${{{name}}} は繰り返しの中の質問です。外からは sum、min、max、count、count-non-empty、\
                     indexed-repeat の中だけで参照できます。"
                )),
            },
            Meaning::Repeat(_) => {
                self.problem(&format!("${{{name}}} は繰り返しです。count(${{{name}}}) の形だけで使えます。"))
            }
            Meaning::Group => None,
        }
    }

    /// A name without `${}`: a column of the choices, in a choice filter.
    fn bare_name(&mut self, name: &str) -> Option<Expression> {
        let Some((row, columns)) = self.context.choice else {
            return self.problem(&format!("「{name}」は、回答なら ${{{name}}}、文字なら '{name}' と書いてください。"));
        };
        let column = columns::canonical(name);
        if columns.contains(&column) {
            Some(Expression::Text(row.cell(&column).unwrap_or_default().to_owned()))
        } else {
            self.problem(&format!("「{name}」という列がchoicesシートにありません。"))
        }
    }

    fn binary(&mut self, op: BinaryOp, left: &Expr, right: &Expr, room: usize) -> Option<Expression> {
        let operator = operator(op);
        if !matches!(operator, Operator::And | Operator::Or) {
            let (left, right) = (self.lower(left, room), self.lower(right, room));
            return self.compared(operator, left?, right?);
        }
        // A chain `a or b or c` is parsed from the left: ((a or b) or c).
        let mut chain = vec![right];
        let mut first = left;
        while let Expr::Binary { op: inner, left, right } = first
            && *inner == op
        {
            chain.push(right);
            first = left;
        }
        chain.push(first);
        let levels = 2 * usize::try_from(chain.len().ilog2()).unwrap_or(usize::MAX);
        let lowered: Vec<_> = chain.iter().rev().map(|inner| self.lower(inner, room.saturating_sub(levels))).collect();
        join(operator, lowered.into_iter().collect::<Option<_>>()?)
    }

    /// A comparison or a calculation. Dates are compared, and reckoned with, as numbers of days.
    fn compared(&mut self, operator: Operator, left: Expression, right: Expression) -> Option<Expression> {
        let kinds = [&left, &right].map(|operand| self.kind(operand));
        let is_equality = matches!(operator, Operator::Equal | Operator::NotEqual);
        let texts_are_enough = is_equality && !kinds.iter().any(|kind| kind.is_number());
        if !kinds.contains(&Kind::Date) {
            return Some(binary(operator, left, right));
        }
        for operand in [&left, &right] {
            let Expression::Text(text) = operand else { continue };
            let is_date = date::parse(text).is_some_and(|date| date::iso(date) == *text);
            if !(texts_are_enough && (text.is_empty() || is_date)) {
                return self.problem(&format!(
                    "日付と「{text}」は比べられません。日付は date('2026-04-01') のように書いてください。"
                ));
            }
        }
        if texts_are_enough {
            return Some(binary(operator, left, right));
        }
        let days = |operand| match operand {
            number @ Expression::Number(_) => number,
            other => call(Function::Days, other),
        };
        Some(binary(operator, days(left), days(right)))
    }

    fn call(&mut self, name: &str, arguments: &[Expr], room: usize) -> Option<Expression> {
        let (function, arity) = match find(name) {
            Known::Function(function, arity) => (function, arity),
            Known::OfRepeats => return self.of_repeats(name, arguments, room),
            Known::Rewritten(arity) => {
                self.check_arity(name, &arity, arguments.len())?;
                return self.rewritten(name, arguments, room);
            }
            Known::Not(reason) => return self.problem(&format!("関数 {name}() には対応していません。{reason}")),
        };
        let lowered: Vec<_> = arguments.iter().map(|argument| self.lower(argument, room)).collect();
        self.check_arity(name, &arity, arguments.len())?;
        let mut lowered: Vec<Expression> = lowered.into_iter().collect::<Option<_>>()?;
        match (function, lowered.as_slice()) {
            (Function::Pow, [_, exponent]) if !is_whole(exponent) => {
                return self.problem("pow() の2つ目の引数（指数）は、-100から100までの整数で書いてください。");
            }
            (Function::Regex, [_, Expression::Text(pattern)])
                if shared::questionnaire::evaluation::is_pattern(pattern) => {}
            (Function::Regex, [_, Expression::Text(pattern)]) => {
                return self.problem(&format!(
                    "「{pattern}」は正規表現として読み取れません。先読みや後方参照、\\p{{…}} は使えません。"
                ));
            }
            (Function::Regex, _) => {
                return self.problem("regex() の2つ目の引数は、引用符で囲んだ正規表現で書いてください。");
            }
            (Function::Date, [Expression::Text(text)]) if date::parse(text).is_none() => {
                return self.problem(&format!("date() の「{text}」という日付はありません。例：date('2026-04-01')"));
            }
            _ => {}
        }
        if is_numeric(function) {
            lowered = lowered.into_iter().map(|argument| self.as_number(argument)).collect();
        }
        Some(Expression::Call(function, lowered))
    }

    fn check_arity(&mut self, name: &str, arity: &std::ops::RangeInclusive<usize>, given: usize) -> Option<()> {
        if arity.contains(&given) {
            return Some(());
        }
        let (least, most) = (arity.start(), arity.end());
        let needed: Cow<str> = match most - least {
            0 => format!("{least}個").into(),
            1..=9 => format!("{least}〜{most}個").into(),
            _ => format!("{least}個以上").into(),
        };
        self.problem::<()>(&format!("{name}() の引数は{needed}です（書かれた数：{given}）。"))
    }

    /// A date as its number of days.
    pub fn as_number(&self, expression: Expression) -> Expression {
        if self.kind(&expression) == Kind::Date { call(Function::Days, expression) } else { expression }
    }

    fn kind(&self, expression: &Expression) -> Kind {
        kind_of(expression, self.context.own, self.context.outline, &|_| None)
    }

    /// Tells what is wrong, once.
    pub fn problem<T>(&mut self, message: &str) -> Option<T> {
        if !self.problems.iter().any(|problem| problem == message) {
            self.problems.push(message.to_owned());
        }
        None
    }
}

/// Whether a variable means this year's answer or the last one's, and its name.
pub(super) fn answer_of(variable: &str) -> (fn(QuestionIndex) -> Expression, &str) {
    match variable.strip_prefix(LAST_SAVED) {
        Some(name) => (Expression::Previous, name),
        None => (Expression::Answer, variable),
    }
}

/// Whether it is `.` or `..`.
pub(super) fn is_step(expression: &Expr, axis: &Axis) -> bool {
    let Expr::Path { absolute: false, steps } = expression else { return false };
    matches!(steps.as_slice(), [step]
        if step.axis == *axis && step.test == NameTest::Any && step.predicates.is_empty())
}

/// A whole number, as written.
fn is_whole(expression: &Expression) -> bool {
    match expression {
        Expression::Number(number) => number.fract() == 0.0 && *number <= 100.0,
        Expression::Negate(inner) => matches!(&**inner, Expression::Number(_)) && is_whole(inner),
        _ => false,
    }
}

/// Whether every argument is read as a number.
fn is_numeric(function: Function) -> bool {
    matches!(
        function,
        Function::Abs
            | Function::Ceiling
            | Function::Floor
            | Function::Int
            | Function::Max
            | Function::Min
            | Function::Number
            | Function::Round
            | Function::Sum
    )
}

fn operator(op: BinaryOp) -> Operator {
    match op {
        BinaryOp::Or => Operator::Or,
        BinaryOp::And => Operator::And,
        BinaryOp::Equal => Operator::Equal,
        BinaryOp::NotEqual => Operator::NotEqual,
        BinaryOp::Less => Operator::Less,
        BinaryOp::LessEqual => Operator::LessOrEqual,
        BinaryOp::Greater => Operator::Greater,
        BinaryOp::GreaterEqual => Operator::GreaterOrEqual,
        BinaryOp::Add => Operator::Add,
        BinaryOp::Subtract => Operator::Subtract,
        BinaryOp::Multiply => Operator::Multiply,
        BinaryOp::Divide => Operator::Divide,
        BinaryOp::Modulo => Operator::Modulo,
    }
}
