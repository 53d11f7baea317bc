//! XPath text to the typed intermediate form.
//!
//! - [`references`]: `${name}` before parsing
//! - [`lowering`]: the parsed expression, part by part
//! - [`functions`]: which functions there are, and why others are not
//! - [`rewriting`]: functions that others can say
//! - [`nodes`]: functions of repeats
//! - [`kind`]: what kind of value comes out

mod functions;
pub(super) mod kind;
mod lowering;
mod nodes;
mod references;
mod rewriting;

use rxeval::parser::{Expr, parse, tokenize};
use shared::questionnaire::QuestionIndex;
use shared::questionnaire::expression::{Expression, Function, Operator};

use self::lowering::Lowering;
pub(super) use self::nodes::any_answered;
use super::outline::{Outline, Time};
use super::workbook::Row;

/// Most tokens of one expression: some 250 comparisons. The parser's recursion grows with them.
pub(super) const MOST_TOKENS: usize = 1000;
/// Deepest nesting of parentheses, for the same reason.
const DEEPEST_PARENTHESES: usize = 30;
/// Deepest nesting of the result when written as JSON, whose readers stop at 128 levels; the rest is for what
/// stands around it.
const DEEPEST_JSON: usize = 96;
/// Most parts of the result: a reference to a repeat becomes one to every time.
pub(super) const MOST_PARTS: usize = 20_000;

/// Where an expression stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Context<'a> {
    pub outline: &'a Outline<'a>,
    /// Name of the column, for messages.
    pub column: &'a str,
    /// Whose answer `.` is; `None` where it means nothing.
    pub own: Option<QuestionIndex>,
    /// The time of the repeat that it stands in.
    pub time: Option<Time>,
    /// The choice whose columns a bare name means, and all columns of the sheet.
    pub choice: Option<(&'a Row, &'a [String])>,
}

/// Compiles an expression; otherwise everything that is wrong with it, in Japanese.
pub(super) fn compile(text: &str, context: Context) -> Result<Expression, Vec<String>> {
    let mut problems = Vec::new();
    let parsed =
        references::as_variables(text, &context.outline.names, &mut problems).and_then(|rewritten| parsed(&rewritten));
    let expression = match parsed {
        Ok(parsed) => Lowering::new(context, &mut problems).lower_all(&parsed),
        Err(reason) => {
            let excerpt: String = text.chars().take(60).collect();
            problems.push(format!("式を読み取れません。{reason}（{excerpt}）"));
            None
        }
    };
    if let Some(expression) = &expression {
        let (depth, parts) = extent(expression);
        if depth > DEEPEST_JSON {
            problems.push(TOO_DEEP.to_owned());
        } else if parts > MOST_PARTS {
            problems.push(TOO_LONG.to_owned());
        }
    }
    expression.filter(|_| problems.is_empty()).ok_or(problems)
}

const TOO_DEEP: &str = "式の入れ子が深すぎます。質問を分けるか、条件を短くしてください。";
const TOO_LONG: &str = "式が長すぎます。質問を分けるか、条件を短くしてください。";

/// Joins expressions with a logical operator, as flat as possible: a chain would nest as deep as it is long.
pub(super) fn join(operator: Operator, mut operands: Vec<Expression>) -> Option<Expression> {
    if operands.len() < 2 {
        return operands.pop();
    }
    let second_half = operands.split_off(operands.len() / 2);
    let halves = (join(operator, operands)?, join(operator, second_half)?);
    Some(binary(operator, halves.0, halves.1))
}

/// Two operands.
pub(super) fn binary(operator: Operator, left: Expression, right: Expression) -> Expression {
    Expression::Binary(operator, Box::new(left), Box::new(right))
}

/// A function of one argument.
pub(super) fn call(function: Function, argument: Expression) -> Expression {
    Expression::Call(function, vec![argument])
}

/// Parses within the limits that keep the parser's recursion shallow.
fn parsed(text: &str) -> Result<Expr, String> {
    use rxeval::parser::Token::{LeftBracket, LeftParen, RightBracket, RightParen};

    let tokens = tokenize(text).map_err(|reason| in_japanese(&reason))?;
    if tokens.len() > MOST_TOKENS {
        return Err(TOO_LONG.to_owned());
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

/// How deep it nests as JSON, and how many parts it has.
fn extent(expression: &Expression) -> (usize, usize) {
    let of_all = |inner: &mut dyn Iterator<Item = &Expression>, levels: usize| {
        let (depth, parts) = inner.map(extent).fold((0, 0), |(depth, parts), (d, p)| (depth.max(d), parts + p));
        (depth + levels, parts + 1)
    };
    match expression {
        Expression::Binary(_, left, right) => of_all(&mut [&**left, &**right].into_iter(), 2),
        Expression::Negate(inner) => of_all(&mut std::iter::once(&**inner), 1),
        Expression::Call(_, arguments) => of_all(&mut arguments.iter(), 3),
        Expression::Number(_)
        | Expression::Text(_)
        | Expression::Answer(_)
        | Expression::Previous(_)
        | Expression::Own => (1, 1),
    }
}
