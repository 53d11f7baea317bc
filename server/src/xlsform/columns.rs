//! Which columns there are, under which names.

use super::finding::{Finding, Severity};
use super::workbook::{Sheet, Sheets};

/// Columns of the survey sheet; those from `number` on are ours.
pub(super) const SURVEY: [&str; 22] = [
    "type",
    "name",
    "label",
    "hint",
    "guidance_hint",
    "required",
    "required_message",
    "relevant",
    "constraint",
    "constraint_message",
    "appearance",
    "parameters",
    "disabled",
    "number",
    "concept",
    "unit",
    "core",
    "aggregate_visibility",
    "named_visibility",
    "may_be_unknown",
    "minutes",
    "field",
];

/// Columns of the choices sheet; those from `short` on are ours.
pub(super) const CHOICES: [&str; 6] = ["list_name", "name", "label", "short", "state", "exclusive"];

/// Columns of the settings sheet. The last two are for other XLSForm tools.
pub(super) const SETTINGS: [&str; 5] = ["form_title", "form_id", "version", "default_language", "style"];

/// XLSForm columns that change what a form does and are not supported: ignoring one would change its meaning.
const UNSUPPORTED: [&str; 14] = [
    "calculation",
    "default",
    "readonly",
    "choice_filter",
    "repeat_count",
    "trigger",
    "image",
    "audio",
    "video",
    "big-image",
    "save_to",
    "allow_choice_duplicates",
    "clean_text_values",
    "instance_name",
];

/// XLSForm's other names for the same columns.
const ALIASES: [(&str, &str); 13] = [
    ("relevance", "relevant"),
    ("calculate", "calculation"),
    ("caption", "label"),
    ("value", "name"),
    ("tag", "name"),
    ("command", "type"),
    ("requiredmsg", "required_message"),
    ("constraining_message", "constraint_message"),
    ("read_only", "readonly"),
    ("count", "repeat_count"),
    ("title", "form_title"),
    ("set_form_title", "form_title"),
    ("id_string", "form_id"),
];

/// The one name of a column that a heading stands for.
pub(super) fn canonical(heading: &str) -> String {
    let name = heading.trim().to_lowercase().split_whitespace().collect::<Vec<_>>().join("_");
    ALIASES.iter().find(|(alias, _)| *alias == name).map_or(name, |(_, column)| (*column).to_owned())
}

/// Checks the headings of every sheet and that no value stands outside them.
pub(super) fn check(sheets: &Sheets, findings: &mut Vec<Finding>) {
    check_sheet(&sheets.survey, &SURVEY, &["type", "name", "label"], findings);
    check_sheet(&sheets.choices, &CHOICES, &[], findings);
    check_sheet(&sheets.settings, &SETTINGS, &["form_title", "form_id", "version"], findings);
}

fn check_sheet(sheet: &Sheet, known: &[&str], needed: &[&str], findings: &mut Vec<Finding>) {
    for column in needed {
        if !sheet.columns.iter().any(|present| present == column) {
            let message = format!("{column}列がありません。1行目の見出しに加えてください。");
            findings.push(sheet.finding(Severity::Error, None, message));
        }
    }
    for (place, column) in sheet.columns.iter().enumerate().filter(|(_, column)| !column.is_empty()) {
        let mut finding = |severity, message: &str| findings.push(sheet.finding(severity, Some(column), message));
        if sheet.columns.iter().take(place).any(|earlier| earlier == column) {
            finding(Severity::Error, "同じ見出しの列が2つあります。1つにしてください。");
        } else if UNSUPPORTED.contains(&column.as_str()) || column.contains(':') {
            if sheet.rows.iter().any(|row| row.cell(column).is_some()) {
                finding(Severity::Error, "この列には対応していません。列を削除してください。");
            }
        } else if !known.contains(&column.as_str()) {
            finding(Severity::Warning, "この列は使いません。見出しの書き間違いでないか確認してください。");
        }
    }
    for row in &sheet.rows {
        if row.width != sheet.columns.len() {
            let message = format!(
                "セルの数（{}）が見出しの数（{}）と違います。コンマの過不足や、コンマを含むセルの引用符を確認してください。",
                row.width,
                sheet.columns.len()
            );
            findings.push(row.error("", message));
        } else if row.cell("").is_some() {
            findings.push(row.error("", "見出しのない列に値があります。見出しを付けるか、値を消してください。"));
        }
    }
}
