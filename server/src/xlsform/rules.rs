//! Every question's rules, and the order of relevance.

use std::collections::BTreeMap;

use shared::questionnaire::QuestionIndex;
use shared::questionnaire::expression::{Expression, Function, Operator};
use shared::questionnaire::logic::{Logic, Rules};

use super::expression::{self, Own};
use super::finding::Finding;
use super::lint;
use super::survey::Outline;
use super::workbook::Row;

/// Compiles the expressions of all rows. Groups' conditions are joined into their questions'.
pub(super) fn compile(outline: &Outline, findings: &mut Vec<Finding>) -> Logic {
    let mut conditions: BTreeMap<usize, Option<Expression>> = BTreeMap::new();
    let mut rules = Vec::with_capacity(outline.questions.len());
    for (index, place) in (0..=u16::MAX).map(QuestionIndex).zip(&outline.places) {
        let mut relevant = Vec::new();
        for row in place.groups.iter().copied().chain([place.row]) {
            let condition = conditions
                .entry(row.number)
                .or_insert_with(|| expression(row, "relevant", Own::Forbidden, None, outline, findings));
            let Some(condition) = condition else { continue };
            if mentions(condition, index) {
                let name = &outline.questions[usize::from(index.0)].name;
                findings.push(row.error("relevant", format!("{name} の条件が {name} 自身の回答を参照しています。")));
            } else {
                relevant.push(condition.clone());
            }
        }
        let mut own = |column| {
            let takes_answer = outline.questions[usize::from(index.0)].kind.takes_answer();
            takes_answer.then(|| expression(place.row, column, Own::Allowed, Some(index), outline, findings)).flatten()
        };
        let required = own("required").filter(|required| !is_false(required));
        let constraint = own("constraint");
        rules.push(Rules { relevant: expression::join(Operator::And, relevant), required, constraint });
    }
    in_order(rules, outline, findings)
}

fn expression(
    row: &Row,
    column: &str,
    own_dot: Own,
    own: Option<QuestionIndex>,
    outline: &Outline,
    findings: &mut Vec<Finding>,
) -> Option<Expression> {
    match expression::compile(row.cell(column)?, &outline.names, own_dot) {
        Ok(expression) => {
            lint::comparisons(&expression, own, row, column, outline, findings);
            Some(expression)
        }
        Err(problems) => {
            findings.extend(problems.into_iter().map(|problem| row.error(column, problem)));
            None
        }
    }
}

/// Reports every circle of conditions.
fn in_order(mut rules: Vec<Rules>, outline: &Outline, findings: &mut Vec<Finding>) -> Logic {
    loop {
        match Logic::of(rules.clone()) {
            Ok(logic) => return logic,
            Err(circle) => {
                let place = |index: QuestionIndex| usize::from(index.0);
                let names: Vec<&str> = circle
                    .iter()
                    .chain(circle.first())
                    .map(|index| outline.questions[place(*index)].name.as_str())
                    .collect();
                if let Some(first) = circle.first() {
                    let message = format!("条件が循環しています：{}", names.join(" → "));
                    findings.push(outline.places[place(*first)].row.error("relevant", message));
                }
                // Without these, the next circle shows.
                for index in circle {
                    rules[place(index)].relevant = None;
                }
            }
        }
    }
}

fn mentions(expression: &Expression, index: QuestionIndex) -> bool {
    let mut found = false;
    expression.visit_answers(&mut |mentioned| found |= mentioned == index);
    found
}

fn is_false(expression: &Expression) -> bool {
    matches!(expression, Expression::Call(Function::False, _))
}
