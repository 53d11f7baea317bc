//! What makes an answer unusual: the soft check and the threshold of change.

use shared::questionnaire::expression::{Expression, Operator};
use shared::questionnaire::{QuestionIndex, Threshold};
use shared::response::Decimal;

use super::finding::Finding;
use super::row_type::RowType;
use super::workbook::Row;

/// Reads the column `change_threshold`.
pub(super) fn threshold(row: &Row, kind: RowType, findings: &mut Vec<Finding>) -> Option<Threshold> {
    let cell = row.cell("change_threshold").filter(|_| kind.is_number())?;
    let per_cent = cell.strip_suffix(['%', '％']);
    let number = per_cent.unwrap_or(cell).trim().parse::<Decimal>().ok().filter(|number| number.to_f64() > 0.0);
    if number.is_none() {
        let message = format!(
            "「{cell}」は使えません。10（差が10を超えたら）か 50%（前年の50%を超えて変わったら）のように書いてください。"
        );
        findings.push(row.error("change_threshold", message));
    }
    number.map(if per_cent.is_some() { Threshold::Percent } else { Threshold::Absolute })
}

/// What is said when the soft check fails.
pub(super) fn message(row: &Row, threshold: Option<Threshold>, findings: &mut Vec<Finding>) -> Option<String> {
    let (soft, message) = (row.cell("soft_constraint"), row.cell("soft_message"));
    match (soft, message, threshold) {
        (Some(_), None, _) => {
            findings.push(row.error("soft_message", "soft_constraintに合わないときに示す文がありません。"));
            None
        }
        (None, Some(_), None) => {
            let message = "soft_constraintもchange_thresholdもないため、使わない列です。";
            findings.push(row.warning("soft_message", message));
            None
        }
        (_, Some(message), _) => Some(message.to_owned()),
        (None, None, Some(threshold)) => {
            let limit = match threshold {
                Threshold::Absolute(number) => match row.cell("unit") {
                    Some("%" | "％") => format!("{number}ポイント"),
                    unit => format!("{number}{}", unit.unwrap_or_default()),
                },
                Threshold::Percent(number) => format!("{number}％"),
            };
            Some(format!("前年度の回答から{limit}を超えて変わっています。値を確かめ、理由を記入してください。"))
        }
        (None, None, None) => None,
    }
}

/// The expression with the answer in place of `.`: for a rule that stands with another question.
pub(super) fn of_answer(expression: Expression, index: QuestionIndex) -> Expression {
    let again = |inner: Expression| of_answer(inner, index);
    match expression {
        Expression::Own => Expression::Answer(index),
        Expression::Binary(operator, left, right) => binary(operator, again(*left), again(*right)),
        Expression::Negate(inner) => Expression::Negate(Box::new(again(*inner))),
        Expression::Call(function, arguments) => Expression::Call(function, arguments.into_iter().map(again).collect()),
        same @ (Expression::Number(_) | Expression::Text(_) | Expression::Answer(_) | Expression::Previous(_)) => same,
    }
}

fn binary(operator: Operator, left: Expression, right: Expression) -> Expression {
    Expression::Binary(operator, Box::new(left), Box::new(right))
}
