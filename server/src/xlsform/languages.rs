//! Texts in several languages, as in `label::English (en)`.
//!
//! The form's own texts may stand under plain headings or under those of its language; everything after this file
//! reads them under the plain ones. [`shared::questionnaire::translation`] reads the other languages when somebody
//! asks for them.

use std::collections::BTreeSet;

use shared::questionnaire::Language;

use super::columns;
use super::finding::{Finding, Severity};
use super::workbook::{Row, Sheet, Sheets};

/// The sheets with the texts in the form's own language also under their plain headings.
pub(super) fn with_own_texts(sheets: &Sheets, language: &str) -> Sheets {
    let mut sheets = sheets.clone();
    for (sheet, known) in [(&mut sheets.survey, &columns::SURVEY[..]), (&mut sheets.choices, &columns::CHOICES)] {
        for column in columns::translated(known) {
            let own = format!("{column}::{language}");
            for row in &mut sheet.rows {
                if let Some(text) = row.cells.get(&own).cloned() {
                    row.cells.entry(column.to_owned()).or_insert(text);
                }
            }
        }
    }
    sheets
}

/// Lets findings about the form's own texts name the column where they stand.
pub(super) fn name_columns(sheets: &Sheets, language: &str, findings: &mut [Finding]) {
    for finding in findings {
        let sheet = [&sheets.survey, &sheets.choices].into_iter().find(|sheet| sheet.name == finding.sheet);
        let (Some(sheet), Some(column)) = (sheet, &finding.column) else { continue };
        let own = format!("{column}::{language}");
        if !sheet.columns.contains(column) && sheet.columns.contains(&own) {
            finding.column = Some(own);
        }
    }
}

/// Checks that every language has a code and all texts.
pub(super) fn check(sheets: &Sheets, language: &str, findings: &mut Vec<Finding>) {
    if let Some(row) = sheets.settings.rows.first()
        && let Some(setting) = row.cell("default_language")
        && Language::parse(setting).is_none()
    {
        findings.push(row.warning("default_language", without_code(setting)));
    }
    let sheets = [(&sheets.survey, &columns::SURVEY[..]), (&sheets.choices, &columns::CHOICES)];
    let mut languages: BTreeSet<&str> = BTreeSet::new();
    for (sheet, known) in sheets {
        for (base, of, column) in translations(sheet, known) {
            if of == language {
                if sheet.columns.iter().any(|column| column == base) {
                    let message = format!("{base}列と同じ言語です。どちらか1つの列にまとめてください。");
                    findings.push(sheet.finding(Severity::Warning, Some(column), message));
                }
            } else if Language::parse(of).is_some() {
                languages.insert(of);
            } else {
                findings.push(sheet.finding(Severity::Warning, Some(column), without_code(of)));
            }
        }
    }
    for (sheet, known) in sheets {
        for language in &languages {
            for base in columns::translated(known) {
                check_texts(sheet, base, language, findings);
            }
        }
    }
}

fn without_code(language: &str) -> String {
    format!("「{language}」には言語の符号がないため、使いません。「English (en)」のように書いてください。")
}

/// The column translated, the language, and the whole heading.
fn translations<'s>(sheet: &'s Sheet, known: &'s [&str]) -> impl Iterator<Item = (&'static str, &'s str, &'s str)> {
    sheet.columns.iter().filter_map(|column| {
        let (base, language) = column.split_once("::")?;
        let base = columns::translated(known).find(|column| *column == base)?;
        Some((base, language, column.as_str()))
    })
}

fn check_texts(sheet: &Sheet, base: &str, language: &str, findings: &mut Vec<Finding>) {
    let column = format!("{base}::{language}");
    let is_end = |row: &Row| row.cell("type").is_some_and(|kind| kind.starts_with("end"));
    let mut rows = sheet.rows.iter().filter(|row| !row.is_disabled() && !is_end(row) && row.cell(base).is_some());
    if !sheet.columns.contains(&column) {
        if rows.next().is_some() {
            let message = "この言語の訳の列がありません。もとの文のまま示します。";
            findings.push(sheet.finding(Severity::Warning, Some(&column), message));
        }
        return;
    }
    for row in rows {
        match row.cell(&column) {
            None => findings.push(row.warning(&column, "訳がありません。もとの文のまま示します。")),
            Some(text) if text.contains("${") => {
                findings.push(row.error(&column, "文の中の ${…} には対応していません。文を書き換えてください。"));
            }
            Some(_) => {}
        }
    }
}
