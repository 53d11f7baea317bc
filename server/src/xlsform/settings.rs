//! What the settings sheet says.

use super::cells;
use super::finding::{Finding, Severity};
use super::workbook::Sheet;

/// Who the form is.
#[derive(Debug, Default)]
pub(super) struct Settings {
    pub form_id: String,
    pub version: String,
    pub title: String,
}

/// Reads the one row of the settings sheet.
pub(super) fn read(sheet: &Sheet, findings: &mut Vec<Finding>) -> Settings {
    let mut rows = sheet.rows.iter();
    let Some(row) = rows.next() else {
        // Missing columns are reported already when the whole sheet is missing.
        if !sheet.columns.is_empty() {
            findings.push(sheet.finding(
                Severity::Error,
                None,
                "form_title、form_id、versionの値がありません。2行目に書いてください。",
            ));
        }
        return Settings::default();
    };
    findings.extend(rows.map(|extra| extra.error("", "設定は1行だけ書いてください。")));
    let mut needed = |column| cells::needed(row, column, "値がありません。", findings);
    Settings { form_id: needed("form_id"), version: needed("version"), title: needed("form_title") }
}
