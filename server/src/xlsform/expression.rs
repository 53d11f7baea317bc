//! XPath text to the typed intermediate form.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use rxeval::parser::{Axis, BinaryOp, Expr, NameTest, parse, tokenize};
use shared::questionnaire::expression::{Expression, Function, Operator};

use super::survey::Named;

/// Most tokens of one expression: some 250 comparisons. The parser's recursion grows with them.
const MOST_TOKENS: usize = 1000;
/// Deepest nesting of parentheses, for the same reason.
const DEEPEST_PARENTHESES: usize = 30;
/// Deepest nesting of the result when written as JSON, whose readers stop at 128 levels; the rest is for what
/// stands around it.
const DEEPEST_JSON: usize = 96;

/// Whether `.` means something where the expression stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Own {
    Allowed,
    Forbidden,
}

/// Compiles an expression; otherwise everything that is wrong with it, in Japanese.
pub(super) fn compile(text: &str, names: &BTreeMap<&str, Named>, own: Own) -> Result<Expression, Vec<String>> {
    let mut problems = Vec::new();
    let text = match text.to_lowercase().as_str() {
        "yes" | "true" => "true()",
        "no" | "false" => "false()",
        _ => text,
    };
    let parsed = with_variables(text, names, &mut problems).and_then(|rewritten| parsed(&rewritten));
    let expression = match parsed {
        Ok(parsed) => Lowering { names, own, problems: &mut problems }.lower(&parsed, DEEPEST_JSON),
        Err(reason) => {
            let excerpt: String = text.chars().take(60).collect();
            problems.push(format!("式を読み取れません。{reason}（{excerpt}）"));
            None
        }
    };
    expression.filter(|_| problems.is_empty()).ok_or(problems)
}

/// Joins expressions with a logical operator, as flat as possible: a chain would nest as deep as it is long.
pub(super) fn join(operator: Operator, mut operands: Vec<Expression>) -> Option<Expression> {
    if operands.len() < 2 {
        return operands.pop();
    }
    let second_half = operands.split_off(operands.len() / 2);
    let halves = (join(operator, operands)?, join(operator, second_half)?);
    Some(Expression::Binary(operator, Box::new(halves.0), Box::new(halves.1)))
}

/// Writes every `${name}` outside quotes as the XPath variable `$name`, which the form's author cannot write.
/// The error is why the text cannot be parsed at all.
fn with_variables(text: &str, names: &BTreeMap<&str, Named>, problems: &mut Vec<String>) -> Result<String, String> {
    let mut rewritten = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(place) = rest.find(['\'', '"', '$']) {
        let (before, from) = rest.split_at(place);
        rewritten.push_str(before);
        if let Some(after) = from.strip_prefix("${") {
            let Some((name, after)) = after.split_once('}') else {
                return Err("${ を閉じる } がありません。".to_owned());
            };
            let name = name.trim();
            match names.get(name) {
                Some(Named { question: Some(_), .. }) => rewritten.extend([" $", name, " "]),
                found => {
                    let what = if found.is_some() {
                        "は質問ではなくグループです"
                    } else {
                        "という名前の質問がありません"
                    };
                    problems.push(format!("${{{name}}}：{name} {what}。"));
                    // Any value: the rest of the expression is still checked.
                    rewritten.push_str(" 0 ");
                }
            }
            rest = after;
        } else if from.starts_with('$') {
            return Err("$ の後に {名前} がありません。".to_owned());
        } else {
            let quote = &from[..1];
            let Some((literal, after)) = from[1..].split_once(quote) else {
                return Err(format!("引用符 {quote} が閉じていません。"));
            };
            rewritten.extend([quote, literal, quote]);
            rest = after;
        }
    }
    rewritten.push_str(rest);
    Ok(rewritten)
}

/// Parses within the limits that keep the parser's recursion shallow.
fn parsed(text: &str) -> Result<Expr, String> {
    use rxeval::parser::Token::{LeftBracket, LeftParen, RightBracket, RightParen};

    let tokens = tokenize(text).map_err(|reason| in_japanese(&reason))?;
    if tokens.len() > MOST_TOKENS {
        return Err("式が長すぎます。質問を分けるか、条件を短くしてください。".to_owned());
    }
    let mut depth = 0_usize;
    for token in &tokens {
        match token {
            LeftParen | LeftBracket => depth += 1,
            RightParen | RightBracket => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST_PARENTHESES {
            return Err("かっこの入れ子が深すぎます。".to_owned());
        }
    }
    parse(text).map_err(|reason| in_japanese(&reason))
}

/// The parser speaks English.
fn in_japanese(reason: &str) -> String {
    if let Some(character) = reason.strip_prefix("unexpected character ") {
        format!("使えない文字 {character} があります。")
    } else if reason.starts_with("unexpected trailing input") {
        "式の途中に演算子（and、or、= など）が足りないか、余分な文字があります。".to_owned()
    } else {
        "値や閉じかっこが足りないか、演算子の使い方に誤りがあります。".to_owned()
    }
}

struct Lowering<'a> {
    names: &'a BTreeMap<&'a str, Named<'a>>,
    own: Own,
    problems: &'a mut Vec<String>,
}

impl Lowering<'_> {
    /// `room` is how much deeper the result may nest.
    fn lower(&mut self, expression: &Expr, room: usize) -> Option<Expression> {
        if room == 0 {
            self.problem("式の入れ子が深すぎます。質問を分けるか、条件を短くしてください。");
            return None;
        }
        match expression {
            Expr::Number(number) if number.is_finite() => Some(Expression::Number(*number)),
            Expr::Number(_) => self.problem("数が大きすぎます。"),
            Expr::Literal(text) => Some(Expression::Text(text.clone())),
            Expr::Variable(name) => {
                self.names.get(name.as_str()).and_then(|named| named.question).map(Expression::Answer)
            }
            Expr::Negate(inner) => Some(Expression::Negate(Box::new(self.lower(inner, room.saturating_sub(1))?))),
            Expr::Binary { op, left, right } => self.binary(*op, left, right, room.saturating_sub(2)),
            Expr::Function { name, args } => self.call(name, args, room.saturating_sub(3)),
            Expr::Path { .. } if is_own(expression) => match self.own {
                Own::Allowed => Some(Expression::Own),
                Own::Forbidden => self.problem("relevantでは . （自分自身の回答）を使えません。"),
            },
            Expr::Path { absolute: false, steps } => match steps.as_slice() {
                [step] if step.axis == Axis::Child && step.predicates.is_empty() => match &step.test {
                    NameTest::Named(name) => self
                        .problem(&format!("「{name}」は、回答なら ${{{name}}}、文字なら '{name}' と書いてください。")),
                    NameTest::Any => self.problem("* だけの式は使えません。"),
                },
                _ => self.problem("パスには対応していません。回答は ${名前} で参照してください。"),
            },
            Expr::Path { .. } | Expr::Filter { .. } | Expr::Union(..) => {
                self.problem("パスと述語（/ [ ] |）には対応していません。回答は ${名前} で参照してください。")
            }
        }
    }

    fn binary(&mut self, op: BinaryOp, left: &Expr, right: &Expr, room: usize) -> Option<Expression> {
        let operator = operator(op);
        if !matches!(operator, Operator::And | Operator::Or) {
            let (left, right) = (self.lower(left, room), self.lower(right, room));
            return Some(Expression::Binary(operator, Box::new(left?), Box::new(right?)));
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

    fn call(&mut self, name: &str, arguments: &[Expr], room: usize) -> Option<Expression> {
        let lowered: Vec<_> = arguments.iter().map(|argument| self.lower(argument, room)).collect();
        let Some((function, arity)) = function(name) else {
            let known = "boolean coalesce concat contains count-selected false if int not number round selected \
                         starts-with string string-length true";
            return self.problem(&format!("関数 {name}() には対応していません。使える関数：{known}"));
        };
        if !arity.contains(&arguments.len()) {
            let needed = if arity.start() == arity.end() {
                format!("{}個", arity.start())
            } else {
                format!("{}個以上", arity.start())
            };
            return self.problem(&format!("{name}() の引数は{needed}です（書かれた数：{}）。", arguments.len()));
        }
        Some(Expression::Call(function, lowered.into_iter().collect::<Option<_>>()?))
    }

    fn problem(&mut self, message: &str) -> Option<Expression> {
        if !self.problems.iter().any(|problem| problem == message) {
            self.problems.push(message.to_owned());
        }
        None
    }
}

fn is_own(expression: &Expr) -> bool {
    let Expr::Path { absolute: false, steps } = expression else { return false };
    matches!(steps.as_slice(), [step]
        if step.axis == Axis::Self_ && step.test == NameTest::Any && step.predicates.is_empty())
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

/// The function of that name, and how many arguments it takes.
fn function(name: &str) -> Option<(Function, RangeInclusive<usize>)> {
    Some(match name {
        "boolean" => (Function::Boolean, 1..=1),
        "coalesce" => (Function::Coalesce, 2..=2),
        "concat" => (Function::Concat, 1..=MOST_TOKENS),
        "contains" => (Function::Contains, 2..=2),
        "count-selected" => (Function::CountSelected, 1..=1),
        "false" => (Function::False, 0..=0),
        "if" => (Function::If, 3..=3),
        "int" => (Function::Int, 1..=1),
        "not" => (Function::Not, 1..=1),
        "number" => (Function::Number, 1..=1),
        "round" => (Function::Round, 1..=1),
        "selected" => (Function::Selected, 2..=2),
        "starts-with" => (Function::StartsWith, 2..=2),
        "string" => (Function::String, 1..=1),
        "string-length" => (Function::StringLength, 1..=1),
        "true" => (Function::True, 0..=0),
        _ => return None,
    })
}
