//! What kind of value an expression gives.

use shared::questionnaire::expression::{Expression, Function, Operator};
use shared::questionnaire::logic::CalculationResult;
use shared::questionnaire::{QuestionIndex, QuestionKind};

use super::super::outline::Outline;

/// The kind of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Kind {
    Boolean,
    Integer,
    Decimal,
    Date,
    Text,
    /// An empty text: it goes with any kind.
    Blank,
    /// Of a calculation that is not compiled yet.
    Unknown,
}

impl Kind {
    /// Whether it is written as a number.
    pub fn is_number(self) -> bool {
        matches!(self, Self::Integer | Self::Decimal)
    }

    /// The kind of answer that a calculation of this kind gives.
    pub fn result(self) -> CalculationResult {
        match self {
            Self::Integer => CalculationResult::Integer,
            Self::Decimal => CalculationResult::Decimal,
            Self::Date => CalculationResult::Date,
            Self::Boolean | Self::Text | Self::Blank | Self::Unknown => CalculationResult::Text,
        }
    }

    /// The kind of what is one or the other.
    fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Blank, kind) | (kind, Self::Blank) => kind,
            (one, other) if one == other => one,
            (one, other) if one.is_number() && other.is_number() => Self::Decimal,
            _ => Self::Text,
        }
    }
}

impl From<CalculationResult> for Kind {
    fn from(result: CalculationResult) -> Self {
        match result {
            CalculationResult::Integer => Self::Integer,
            CalculationResult::Decimal => Self::Decimal,
            CalculationResult::Date => Self::Date,
            CalculationResult::Text => Self::Text,
        }
    }
}

/// The kind of an expression. `calculated` knows the kind of a `calculate`.
pub(in super::super) fn kind_of(
    expression: &Expression,
    own: Option<QuestionIndex>,
    outline: &Outline,
    calculated: &dyn Fn(QuestionIndex) -> Option<Kind>,
) -> Kind {
    let of = |inner: &Expression| kind_of(inner, own, outline, calculated);
    let answer = |index: QuestionIndex| match outline.question(index).kind {
        QuestionKind::Integer => Kind::Integer,
        QuestionKind::Decimal => Kind::Decimal,
        QuestionKind::Date => Kind::Date,
        QuestionKind::Calculate | QuestionKind::Hidden => calculated(index).unwrap_or(Kind::Unknown),
        QuestionKind::Text { .. }
        | QuestionKind::SelectOne { .. }
        | QuestionKind::SelectMultiple { .. }
        | QuestionKind::Rank { .. }
        | QuestionKind::Acknowledge
        | QuestionKind::Note => Kind::Text,
    };
    let whole = |all: &mut dyn Iterator<Item = &Expression>| {
        let mut kinds = all.map(of);
        if kinds.all(|kind| matches!(kind, Kind::Integer | Kind::Boolean)) { Kind::Integer } else { Kind::Decimal }
    };
    match expression {
        Expression::Number(number) if number.fract() == 0.0 => Kind::Integer,
        Expression::Number(_) => Kind::Decimal,
        Expression::Text(text) if text.is_empty() => Kind::Blank,
        Expression::Text(_) => Kind::Text,
        Expression::Answer(index) | Expression::Previous(index) => answer(*index),
        Expression::Own => own.map_or(Kind::Text, answer),
        Expression::Negate(inner) => whole(&mut std::iter::once(&**inner)),
        Expression::Binary(operator, left, right) => match operator {
            Operator::Add | Operator::Subtract | Operator::Multiply | Operator::Modulo => {
                whole(&mut [&**left, &**right].into_iter())
            }
            Operator::Divide => Kind::Decimal,
            Operator::Or
            | Operator::And
            | Operator::Equal
            | Operator::NotEqual
            | Operator::Less
            | Operator::LessOrEqual
            | Operator::Greater
            | Operator::GreaterOrEqual => Kind::Boolean,
        },
        Expression::Call(function, arguments) => match (function, arguments.as_slice()) {
            (Function::If, [_, one, other]) | (Function::Coalesce, [one, other]) => of(one).or(of(other)),
            (Function::Round, [_])
            | (
                Function::Int
                | Function::Ceiling
                | Function::Floor
                | Function::Days
                | Function::StringLength
                | Function::CountSelected,
                _,
            ) => Kind::Integer,
            (Function::Pow, [base, Expression::Number(_)]) => whole(&mut std::iter::once(base)),
            (Function::Abs | Function::Number | Function::Sum | Function::Min | Function::Max, all) => {
                whole(&mut all.iter())
            }
            (Function::Round | Function::Pow, _) => Kind::Decimal,
            (Function::Date, _) => Kind::Date,
            (
                Function::Boolean
                | Function::Contains
                | Function::EndsWith
                | Function::False
                | Function::Not
                | Function::Regex
                | Function::Selected
                | Function::StartsWith
                | Function::True,
                _,
            ) => Kind::Boolean,
            (
                Function::If
                | Function::Coalesce
                | Function::Concat
                | Function::NormalizeSpace
                | Function::SelectedAt
                | Function::String
                | Function::Substr
                | Function::SubstringAfter
                | Function::SubstringBefore
                | Function::Translate,
                _,
            ) => Kind::Text,
        },
    }
}
