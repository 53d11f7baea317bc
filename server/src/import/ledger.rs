//! KPI台帳: the files that the datasets `kpis` and `kpi-values` give, filled in and read back.
//!
//! Which of the two a file is, its headings say: a file of values has a column `period`.

use std::collections::BTreeSet;

use shared::kpi::{FIELDS, NewValue, TypedKpi, TypedValue};
use shared::response::Decimal;

use super::ImportError;
use super::exported::{Faulty, Line, headings};
use super::fault::Faults;
use super::sheet::Sheet;
use crate::export::dataset::{kpi_values, kpis};
use crate::service::ledger::upload::LedgerUpload;
use crate::service::ledger::{Figure, LedgerRow, LedgerValue};

/// What a file would change. All faults of it are found before one of its rows counts.
pub fn read(file: &str, text: &str, ledger: Vec<LedgerRow>) -> Result<LedgerUpload, ImportError> {
    let mut faults = Faults::new(file);
    let mut upload = LedgerUpload { kpis: Vec::new(), values: Vec::new(), unchanged: 0, ledger };
    if let Some(sheet) = Sheet::read(text, &mut faults) {
        if sheet.headings.iter().any(|heading| heading == "period") {
            read_values(sheet, &mut upload, &mut faults);
        } else {
            read_rows(sheet, &mut upload, &mut faults);
        }
    }
    if faults.is_empty() { Ok(upload) } else { Err(ImportError::Faults(faults)) }
}

fn read_rows(mut sheet: Sheet<'_>, upload: &mut LedgerUpload, faults: &mut Faults) {
    let columns = kpis::columns();
    if !headings(&sheet, &columns, &["kpi"], faults) {
        return;
    }
    let names = sheet.headings.clone();
    let mut seen = BTreeSet::new();
    while let Some(row) = sheet.next_row(faults) {
        let line = Line { row, headings: &names, columns: &columns };
        let Some(found) = find(&line, &upload.ledger, faults) else { continue };
        let record = &found.record;
        if !seen.insert(record.kpi.id.clone()) {
            faults.cell(line.row.line, "kpi", "同じ指標の行が2つ以上あります。1行にしてください。");
            continue;
        }
        let mut typed = TypedKpi::default();
        for field in FIELDS {
            if let Some(text) = line.cell(field) {
                typed.set(field, &text);
            }
        }
        let kept = line.keeps(&kpis::row(record), &FIELDS, faults);
        match (typed.read(&record.kpi), line.revision(record.revision, faults)) {
            (Ok(kpi), Some(revision)) if kept => {
                if kpi == record.kpi {
                    upload.unchanged += 1;
                } else {
                    upload.kpis.push((kpi, revision));
                }
            }
            (Ok(_), _) => {}
            (Err(problems), _) => {
                for problem in problems {
                    faults.cell(line.row.line, &problem.field, problem.message);
                }
            }
        }
    }
}

fn read_values(mut sheet: Sheet<'_>, upload: &mut LedgerUpload, faults: &mut Faults) {
    let columns = kpi_values::columns();
    if !headings(&sheet, &columns, &["kpi", "period", "value"], faults) {
        return;
    }
    let names = sheet.headings.clone();
    let mut seen = BTreeSet::new();
    while let Some(row) = sheet.next_row(faults) {
        let line = Line { row, headings: &names, columns: &columns };
        let Some(found) = find(&line, &upload.ledger, faults) else { continue };
        let cell = |name: &str| line.cell(name).unwrap_or_default();
        if !seen.insert((cell("kpi"), cell("period"))) {
            faults.cell(line.row.line, "period", "同じ指標の同じ時期の行が2つ以上あります。1行にしてください。");
            continue;
        }
        let stored = found.values.iter().find(|value| value.period.code() == cell("period"));
        match read_value(&line, found, stored, faults) {
            Ok(Some(value)) => upload.values.push(value),
            Ok(None) => upload.unchanged += 1,
            Err(Faulty) => {}
        }
    }
}

/// The value of a line; nothing where it changes nothing.
fn read_value(
    line: &Line<'_>,
    found: &LedgerRow,
    stored: Option<&LedgerValue>,
    faults: &mut Faults,
) -> Result<Option<NewValue>, Faulty> {
    let cell = |name: &str| line.cell(name).unwrap_or_default();
    let kpi = &found.record.kpi;
    if kpi.is_computed() {
        let expected = stored.and_then(|value| value.figure.digits()).unwrap_or_default();
        if stored.is_some() && cell("value") == expected && cell("note").is_empty() {
            return Ok(None);
        }
    }
    let revision = line.revision(stored.map_or(0, |value| value.revision), faults).ok_or(Faulty)?;
    let note = line.cell("note").unwrap_or_else(|| stored.map(|value| value.note.clone()).unwrap_or_default());
    let typed = TypedValue { period: cell("period"), value: cell("value"), note, revision };
    let before = stored.map(|value| (entered(value.figure), value.note.as_str()));
    let value = match typed.read(kpi, before) {
        Ok(value) => value,
        Err(problem) => {
            faults.cell(line.row.line, &problem.field, problem.message);
            return Err(Faulty);
        }
    };
    let shown = LedgerValue {
        period: value.period,
        figure: value.value.map_or(Figure::Withdrawn, Figure::Entered),
        note: value.note.clone(),
        revision,
        at: shared::time::Timestamp(0),
    };
    // What follows from the value follows the new one.
    if !line.keeps(&kpi_values::row(found, &shown, ""), &["value", "state", "note", "warning"], faults) {
        return Err(Faulty);
    }
    let same = match stored {
        Some(stored) => (stored.figure, &stored.note) == (shown.figure, &shown.note),
        None => value.value.is_none() && value.note.is_empty(),
    };
    Ok((!same).then_some(value))
}

/// The number that somebody entered.
fn entered(figure: Figure) -> Option<Decimal> {
    match figure {
        Figure::Entered(number) => Some(number),
        Figure::Withdrawn | Figure::Computed(..) | Figure::Suppressed => None,
    }
}

fn find<'l>(line: &Line<'_>, ledger: &'l [LedgerRow], faults: &mut Faults) -> Option<&'l LedgerRow> {
    let id = line.cell("kpi").unwrap_or_default();
    let found = ledger.iter().find(|row| row.record.kpi.id == id);
    if found.is_none() {
        faults.cell(line.row.line, "kpi", format!("「{id}」という指標は台帳にありません。IDを確認してください。"));
    }
    found
}
