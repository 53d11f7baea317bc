//! What is legal and still a mistake; what the reference implementation refuses.

use std::collections::{BTreeMap, BTreeSet};

use shared::questionnaire::expression::{Expression, Function, Operator};
use shared::questionnaire::{GroupLayout, Question, QuestionIndex, QuestionKind};

use super::choices::ChoiceLists;
use super::columns;
use super::finding::{Finding, Severity};
use super::question::RowType;
use super::survey::Outline;
use super::workbook::{Row, Sheet, Sheets};

/// Checks what concerns more than one row.
pub(super) fn outline(outline: &Outline, lists: &ChoiceLists, findings: &mut Vec<Finding>) {
    concepts_are_unique(outline, findings);
    groups_are_filled(outline, findings);
    let used: BTreeSet<&str> = outline.places.iter().filter_map(|place| place.kind.list()).collect();
    for (name, list) in lists {
        if !used.contains(name) {
            findings.push(list.row.warning("list_name", format!("リスト「{name}」はどの質問でも使われていません。")));
        }
    }
}

fn concepts_are_unique(outline: &Outline, findings: &mut Vec<Finding>) {
    let mut seen: BTreeMap<&str, &Row> = BTreeMap::new();
    for (question, place) in outline.questions.iter().zip(&outline.places) {
        if question.concept.is_empty() || !question.kind.takes_answer() {
            continue;
        }
        if let Some(earlier) = seen.insert(&question.concept, place.row) {
            let message = format!("概念ID「{}」は{}行目で使われています。", question.concept, earlier.number);
            findings.push(place.row.error("concept", message));
        }
    }
}

fn groups_are_filled(outline: &Outline, findings: &mut Vec<Finding>) {
    let row_of = |name: &str| outline.names.get(name).map(|named| named.row);
    for section in &outline.sections {
        if section.questions().next().is_none()
            && let Some(row) = row_of(section.name.as_str())
        {
            findings.push(row.error("", "この章には質問がありません。"));
        }
        for group in &section.groups {
            if group.layout == GroupLayout::Table {
                let places = group.questions.iter().map(|index| &outline.places[usize::from(index.0)]);
                let kinds: Vec<RowType> = places.clone().map(|place| place.kind).collect();
                for (place, kind) in places.zip(&kinds) {
                    if kind.list().is_none() || Some(kind) != kinds.first() {
                        findings.push(place.row.error(
                            "type",
                            "table-listのグループには、同じ選択肢リストの同じ種類の質問だけを置けます。",
                        ));
                    }
                }
            }
        }
    }
}

/// Checks comparisons that cannot come true.
pub(super) fn comparisons(
    expression: &Expression,
    own: Option<QuestionIndex>,
    row: &Row,
    column: &str,
    outline: &Outline,
    findings: &mut Vec<Finding>,
) {
    let mut again = |inner: &Expression| comparisons(inner, own, row, column, outline, findings);
    match expression {
        Expression::Binary(_, left, right) => {
            again(left);
            again(right);
        }
        Expression::Negate(inner) => again(inner),
        Expression::Call(_, arguments) => arguments.iter().for_each(again),
        Expression::Number(_) | Expression::Text(_) | Expression::Answer(_) | Expression::Own => {}
    }
    let question = |operand: &Expression| match operand {
        Expression::Answer(index) => outline.questions.get(usize::from(index.0)),
        Expression::Own => own.and_then(|index| outline.questions.get(usize::from(index.0))),
        _ => None,
    };
    match expression {
        Expression::Binary(Operator::Equal | Operator::NotEqual, left, right) => {
            for (subject, other) in [(left, right), (right, left)] {
                if let (Some(question), Expression::Text(name)) = (question(subject), &**other) {
                    findings.extend(missing_choice(question, name).map(|message| row.warning(column, message)));
                    if matches!(question.kind, QuestionKind::SelectMultiple { .. }) && !name.is_empty() {
                        let message = format!(
                            "{0} は複数選択です。selected(${{{0}}}, '{name}') と書いてください。",
                            question.name
                        );
                        findings.push(row.warning(column, message));
                    }
                }
            }
        }
        Expression::Call(Function::Selected, arguments) => {
            if let [subject, Expression::Text(name)] = arguments.as_slice()
                && let Some(question) = question(subject)
            {
                findings.extend(missing_choice(question, name).map(|message| row.warning(column, message)));
            }
        }
        Expression::Binary(Operator::Or | Operator::And, ..) => {}
        Expression::Binary(_, left, right) => {
            for subject in [left, right].into_iter().filter_map(|operand| question(operand)) {
                if subject.kind == QuestionKind::Date {
                    let message = format!("{} は日付です。日付の大小の比較や計算には対応していません。", subject.name);
                    findings.push(row.error(column, message));
                }
            }
        }
        _ => {}
    }
}

fn missing_choice(question: &Question, name: &str) -> Option<String> {
    let choices = question.kind.choices();
    let known = choices.is_empty() || name.is_empty() || choices.iter().any(|choice| choice.name == name);
    (!known).then(|| format!("{} に「{name}」という選択肢はありません。", question.name))
}

/// Lets rxform, a port of the reference implementation, read a form that passed all else.
pub(super) fn reference(sheets: &Sheets, findings: &mut Vec<Finding>) {
    let workbook = rxform::xls::Workbook {
        survey: for_rxform(&sheets.survey, &columns::SURVEY),
        choices: for_rxform(&sheets.choices, &columns::CHOICES),
        settings: for_rxform(&sheets.settings, &columns::SETTINGS),
        ..rxform::xls::Workbook::default()
    };
    if let Err(error) = rxform::parser::parse(&workbook, "form") {
        let sheet = match error.location.sheet.as_deref() {
            Some("choices") => &sheets.choices,
            Some("settings") => &sheets.settings,
            _ => &sheets.survey,
        };
        let message = format!("XLSFormの規則に反しています：{}", error.message);
        let mut finding = sheet.finding(Severity::Error, error.location.column.as_deref(), message);
        finding.row = error.location.row;
        findings.push(finding);
    }
}

fn for_rxform(sheet: &Sheet, known: &[&str]) -> rxform::xls::Sheet {
    let headers = known.iter().map(|column| (*column).to_owned()).collect();
    let rows = sheet.rows.iter().filter(|row| row.cell("disabled").is_none()).map(|row| {
        let cells = row.cells.iter().filter(|(column, _)| known.contains(&column.as_str()));
        (row.number, cells.map(|(column, cell)| (column.clone(), cell.clone())).collect())
    });
    rxform::xls::Sheet { headers, rows: rows.collect() }
}
