//! What a single cell says.

use super::finding::Finding;
use super::workbook::Row;

/// A cell that must not be blank; empty after the finding when it is.
pub(super) fn needed(row: &Row, column: &str, missing: &str, findings: &mut Vec<Finding>) -> String {
    row.cell(column).map_or_else(
        || {
            findings.push(row.error(column, missing));
            String::new()
        },
        str::to_owned,
    )
}

/// A cell that says yes or no; blank is no.
pub(super) fn yes(row: &Row, column: &str, findings: &mut Vec<Finding>) -> bool {
    match row.cell(column).map(str::to_lowercase).as_deref() {
        None | Some("0" | "no" | "false" | "false()") => false,
        Some("1" | "yes" | "true" | "true()") => true,
        Some(other) => {
            findings.push(row.error(column, format!("「{other}」は使えません。1（はい）か空欄にしてください。")));
            false
        }
    }
}

/// A cell with the code of something; `None` when blank or, after the finding, unknown.
pub(super) fn code<T>(
    row: &Row,
    column: &str,
    known: &str,
    of_code: impl Fn(&str) -> Option<T>,
    findings: &mut Vec<Finding>,
) -> Option<T> {
    let code = row.cell(column)?;
    let value = of_code(code);
    if value.is_none() {
        findings.push(row.error(column, format!("「{code}」は使えません。使える値：{known}")));
    }
    value
}

/// A name that may stand in `${…}` and in an address: a letter or `_`, then letters, digits, `_`, `-`, `.` (all ASCII).
pub(super) fn name(row: &Row, findings: &mut Vec<Finding>) -> String {
    let name = needed(row, "name", "nameがありません。", findings);
    let begins_badly = name.starts_with(|c: char| !c.is_ascii_alphabetic() && c != '_');
    if begins_badly || name.contains(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '_' | '-' | '.')) {
        let message = format!("「{name}」は使えません。英字か_で始め、半角の英数字と_ - .だけで書いてください。");
        findings.push(row.error("name", message));
    }
    name
}
