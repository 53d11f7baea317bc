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
    /// Calls `visit` for every `${name}`, as often as it is mentioned.
    pub fn visit_answers(&self, visit: &mut dyn FnMut(QuestionIndex)) {
        match self {
            Self::Answer(index) => visit(*index),
            Self::Binary(_, left, right) => {
                left.visit_answers(visit);
                right.visit_answers(visit);
            }
            Self::Negate(inner) => inner.visit_answers(visit),
            Self::Call(_, arguments) => {
                for argument in arguments {
                    argument.visit_answers(visit);
                }
            }
            Self::Number(_) | Self::Text(_) | Self::Own => {}
        }
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

/// A function of the supported subset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are XPath's and OpenRosa's own")]
pub enum Function {
    Boolean,
    Coalesce,
    Concat,
    Contains,
    CountSelected,
    False,
    If,
    Int,
    Not,
    Number,
    Round,
    Selected,
    StartsWith,
    String,
    StringLength,
    True,
}
