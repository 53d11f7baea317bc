//! Comparisons that cannot come true, and what other tools read otherwise.

use shared::questionnaire::expression::{Expression, Function, Operator};
use shared::questionnaire::{Question, QuestionIndex, QuestionKind};

use super::super::finding::Finding;
use super::super::outline::Outline;
use super::super::workbook::Row;

/// Checks one expression.
pub(in super::super) fn expression(
    expression: &Expression,
    own: Option<QuestionIndex>,
    row: &Row,
    column: &str,
    outline: &Outline,
    findings: &mut Vec<Finding>,
) {
    let question = |operand: &Expression| match operand {
        Expression::Answer(index) | Expression::Previous(index) => Some(outline.question(*index)),
        Expression::Own => own.map(|index| outline.question(index)),
        _ => None,
    };
    let mut warn = |message: String| {
        let finding = row.warning(column, message);
        if !findings.contains(&finding) {
            findings.push(finding);
        }
    };
    expression.visit(&mut |part| match part {
        Expression::Binary(Operator::Equal | Operator::NotEqual, left, right) => {
            for (subject, other) in [(left, right), (right, left)] {
                if let (Some(question), Expression::Text(name)) = (question(subject), &**other) {
                    missing_choice(question, name).map(&mut warn);
                    let many = matches!(question.kind, QuestionKind::SelectMultiple { .. } | QuestionKind::Rank { .. });
                    if many && !name.is_empty() {
                        warn(format!(
                            "{0} は複数選択です。selected(${{{0}}}, '{name}') と書いてください。",
                            question.name
                        ));
                    }
                }
            }
        }
        Expression::Call(Function::Selected, arguments) => {
            if let [subject, Expression::Text(name)] = arguments.as_slice()
                && let Some(question) = question(subject)
            {
                missing_choice(question, name).map(&mut warn);
            }
        }
        Expression::Call(Function::Regex, arguments) => {
            if let [_, Expression::Text(pattern)] = arguments.as_slice()
                && !(pattern.starts_with('^') && pattern.ends_with('$'))
            {
                warn(format!(
                    "正規表現「{pattern}」は、全体が一致するかを確かめます。一部の一致で足りるとする道具もあるため、\
                     ^ で始めて $ で終えてください。"
                ));
            }
        }
        _ => {}
    });
}

fn missing_choice(question: &Question, name: &str) -> Option<String> {
    let choices = question.kind.choices();
    let known = choices.is_empty() || name.is_empty() || choices.iter().any(|choice| choice.name == name);
    (!known).then(|| format!("{} に「{name}」という選択肢はありません。", question.name))
}

/// A calculated date that is compared, or reckoned with, as it is: only `date()` says that it is one.
pub(in super::super) fn bare_date(
    part: &Expression,
    is_calculated_date: &dyn Fn(QuestionIndex) -> bool,
) -> Option<QuestionIndex> {
    let Expression::Binary(operator, left, right) = part else { return None };
    let wants_numbers = !matches!(operator, Operator::Or | Operator::And | Operator::Equal | Operator::NotEqual);
    let operands = [left, right].into_iter().filter(|_| wants_numbers);
    let mut dates = operands.filter_map(|operand| match **operand {
        Expression::Answer(index) | Expression::Previous(index) if is_calculated_date(index) => Some(index),
        _ => None,
    });
    dates.next()
}
