//! A round's answers as CSV in long format: one row a value, machine-readable by the government's rules
//! （デジタル庁「行政データにおける機械可読性に関するルール」2026-03-31）.
//!
//! UTF-8 with BOM, CRLF. A multiple answer has a row for each choice. Every cell without a value has its state in
//! a column of its own; number columns stay empty then. A line end within a text is written `\n`, a backslash `\\`.
//! A text that a spreadsheet would take for a formula gets a leading apostrophe.

use std::collections::BTreeMap;
use std::io::Write;

use shared::publication::{PublishedMunicipality, PublishedQuestion, Snapshot};
use shared::response::{AnswerValue, Cell};
use shared::visibility::Visibility;

const HEADER: [&str; 18] = [
    "fiscal_year",
    "fiscal_year_wareki",
    "municipality_code",
    "municipality_name",
    "question_name",
    "question_number",
    "concept",
    "question_label",
    "comparable_with_previous",
    "state",
    "state_label",
    "choice",
    "choice_label",
    "number",
    "unit",
    "text",
    "status",
    "note",
];

/// Writes what `reader` may see. `revision` is that of the publication; `None` marks a round not yet published (速報).
/// `comparable` says by name of the questions asked in an earlier round whether both years may be compared; the column
/// is empty for the others.
pub fn write_csv(
    snapshot: &Snapshot,
    revision: Option<u32>,
    reader: Visibility,
    comparable: &BTreeMap<String, bool>,
    mut out: impl Write,
) -> Result<(), csv::Error> {
    out.write_all("\u{feff}".as_bytes())?;
    let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    csv.write_record(HEADER)?;
    let status = revision.map_or_else(|| "速報（未公表）".to_owned(), |revision| format!("公表 第{revision}版"));
    let note = if snapshot.demonstration { "デモデータ（架空の回答）" } else { "" };
    let wareki = snapshot.year.wareki();
    let year = snapshot.year.year().to_string();
    for municipality in &snapshot.municipalities {
        for (question, cell) in visible(snapshot, municipality, reader) {
            let compared = comparable.get(&question.name).map_or("", |yes| if *yes { "yes" } else { "no" });
            for value in values(question, cell) {
                csv.write_record([
                    year.as_str(),
                    &wareki,
                    municipality.municipality.code.as_str(),
                    &municipality.municipality.name,
                    &question.name,
                    &question.number,
                    &question.concept,
                    &question.label,
                    compared,
                    cell.code(),
                    cell.label(),
                    &value.choice,
                    &value.choice_label,
                    &value.number,
                    question.unit.as_deref().unwrap_or_default(),
                    &value.text,
                    &status,
                    note,
                ])?;
            }
        }
    }
    csv.flush()?;
    Ok(())
}

/// How many rows [`write_csv`] writes below the heading.
pub fn count_rows(snapshot: &Snapshot, reader: Visibility) -> u64 {
    let rows = snapshot
        .municipalities
        .iter()
        .flat_map(|m| visible(snapshot, m, reader).map(|(question, cell)| values(question, cell).len()));
    rows.sum::<usize>() as u64
}

fn visible<'a>(
    snapshot: &'a Snapshot,
    municipality: &'a PublishedMunicipality,
    reader: Visibility,
) -> impl Iterator<Item = (&'a PublishedQuestion, &'a Cell)> {
    let cells = snapshot.questions.iter().zip(&municipality.cells);
    cells.filter(move |(question, _)| question.visibility.named.allows(reader))
}

#[derive(Default)]
struct Value {
    choice: String,
    choice_label: String,
    number: String,
    text: String,
}

fn values(question: &PublishedQuestion, cell: &Cell) -> Vec<Value> {
    let Cell::Value(value) = cell else { return vec![Value::default()] };
    let choice = |name: &String| Value {
        choice: name.clone(),
        choice_label: question.choices.iter().find(|c| c.name == *name).map(|c| c.label.clone()).unwrap_or_default(),
        ..Value::default()
    };
    match value {
        AnswerValue::Choice(name) => vec![choice(name)],
        AnswerValue::Choices(names) => names.iter().map(choice).collect(),
        AnswerValue::Integer(number) => vec![Value { number: number.to_string(), ..Value::default() }],
        AnswerValue::Decimal(number) => vec![Value { number: number.to_string(), ..Value::default() }],
        AnswerValue::Text(text) => vec![Value { text: safe_text(text), ..Value::default() }],
        AnswerValue::Date(date) => vec![Value { text: date.clone(), ..Value::default() }],
        AnswerValue::State(_) => vec![Value::default()],
    }
}

/// One line, and no formula (OWASP "CSV Injection": `= + - @`, tab and CR at the start; their full-width forms too).
pub(super) fn safe_text(text: &str) -> String {
    let line = text.replace('\\', "\\\\").replace('\r', "").replace('\n', "\\n");
    let dangerous = ['=', '+', '-', '@', '\t', '＝', '＋', '－', '＠'];
    if line.starts_with(dangerous) { format!("'{line}") } else { line }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_stay_on_one_line_and_never_run() {
        assert_eq!(safe_text("一行目\r\n二行目 \\ 終"), "一行目\\n二行目 \\\\ 終");
        for text in ["=1+1", "＝1", "@SUM(A1)", "-5", "\tx"] {
            assert!(safe_text(text).starts_with('\''), "{text:?}");
        }
        assert_eq!(safe_text("㈱①髙"), "㈱①髙");
    }
}
