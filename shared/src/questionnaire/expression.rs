//! The typed intermediate form of XLSForm expressions.
//!
//! The server compiles XPath text to this once, on import; no XPath parser reaches the browser.
//! Semantics follow XPath 1.0 with the OpenRosa extensions as JavaRosa and Enketo agree on them:
//! <https://getodk.github.io/xforms-spec/>.

use serde::{Deserialize, Serialize};

use super::model::QuestionIndex;

/// An expression.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Expression {
    /// A number literal.
    Number(f64),
    /// A string literal.
    Text(String),
    /// `${name}`: the answer to a question; empty while that question is not relevant.
    Answer(QuestionIndex),
    /// `${last-saved#name}`: what the same municipality answered the year before; empty where it did not.
    Previous(QuestionIndex),
    /// `.`: the answer the expression belongs to.
    Own,
    /// Two operands.
    Binary(Operator, Box<Expression>, Box<Expression>),
    /// `-x`
    Negate(Box<Expression>),
    /// A function call whose arity was checked by the compiler.
    Call(Function, Vec<Expression>),
}

impl Expression {
    /// Calls `visit` for the expression and everything in it, from the outside in.
    pub fn visit(&self, visit: &mut dyn FnMut(&Self)) {
        visit(self);
        match self {
            Self::Binary(_, left, right) => {
                left.visit(visit);
                right.visit(visit);
            }
            Self::Negate(inner) => inner.visit(visit),
            Self::Call(_, arguments) => {
                for argument in arguments {
                    argument.visit(visit);
                }
            }
            Self::Number(_) | Self::Text(_) | Self::Answer(_) | Self::Previous(_) | Self::Own => {}
        }
    }

    /// Calls `visit` for every `${name}`, as often as it is mentioned.
    pub fn visit_answers(&self, visit: &mut dyn FnMut(QuestionIndex)) {
        self.visit(&mut |part| {
            if let Self::Answer(index) = part {
                visit(*index);
            }
        });
    }
}

/// A binary operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are XPath's own")]
pub enum Operator {
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
}

/// A function of the supported subset. What can be said with another one (`checklist`, `format-date`, …) the compiler
/// says so, and what names nodes (`count`, `position`, …) it resolves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are XPath's and OpenRosa's own, except where documented")]
pub enum Function {
    Abs,
    Boolean,
    Ceiling,
    Coalesce,
    Concat,
    Contains,
    CountSelected,
    /// `date(x)`: `YYYY-MM-DD` of a date, or of the number that [`Self::Days`] gives for it; else empty.
    Date,
    /// Days from 1970-01-01 to a date: what a date is in comparisons and calculations. A number stays.
    Days,
    EndsWith,
    False,
    Floor,
    If,
    Int,
    /// Of the arguments that are not blank; NaN when all are.
    Max,
    /// Of the arguments that are not blank; NaN when all are.
    Min,
    NormalizeSpace,
    Not,
    Number,
    /// The exponent is a whole number.
    Pow,
    /// The whole text matches the pattern. True in the browser: patterns are checked on the server.
    Regex,
    /// With a second argument, to so many decimals.
    Round,
    Selected,
    SelectedAt,
    StartsWith,
    String,
    StringLength,
    Substr,
    SubstringAfter,
    SubstringBefore,
    /// Of the arguments that are not blank; 0 when all are.
    Sum,
    Translate,
    True,
}
