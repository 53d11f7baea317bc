//! rxform's workbooks: read as pyxform reads them, or refused with the reason.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use shared::questionnaire::logic::Rules;
use shared::questionnaire::{Question, QuestionKind, Questionnaire};

use super::super::super::workbook::{Row, Sheets};
use super::super::super::{Severity, compile, read};
use super::sources_of;

/// What no other form has, so that what remains are deviations.
const OURS: [(&str, &str); 4] =
    [("number", "1"), ("minutes", "1"), ("aggregate_visibility", "public"), ("named_visibility", "public")];
const SETTINGS: [&str; 3] = ["form_title", "form_id", "version"];

fn word<'a>(row: &'a Row, column: &str) -> &'a str {
    row.cell(column).unwrap_or_default()
}

/// Gives the form what only ours have: our columns, a title, an identity and, where there is none, a section.
fn dressed(mut sheets: Sheets) -> Sheets {
    let survey = &mut sheets.survey;
    for row in &mut survey.rows {
        let kind = word(row, "type").replace('_', " ");
        if kind.starts_with("begin") || matches!(&*kind, "note" | "calculate" | "hidden") {
            row.cells.insert("minutes".to_owned(), "1".to_owned());
        } else if !kind.starts_with("end") {
            for (column, cell) in OURS {
                row.cells.insert(column.to_owned(), cell.to_owned());
            }
            let name = word(row, "name").to_owned();
            row.cells.insert("concept".to_owned(), name);
        }
    }
    let sections = sections(&survey.rows);
    if let (false, [first, .., last] | [first @ last]) = (sections, &*survey.rows.clone()) {
        let bound = |row: &Row, kind: &str| {
            let cells = [("type", kind), ("name", "section"), ("label", "章"), ("minutes", "1")];
            let cells = cells.map(|(column, cell)| (column.to_owned(), cell.to_owned())).into_iter().collect();
            Row { cells, ..row.clone() }
        };
        survey.rows.insert(0, bound(first, "begin_group"));
        survey.rows.push(bound(last, "end_group"));
    }
    let has: BTreeSet<_> = survey.columns.iter().cloned().collect();
    let label = (!has.iter().any(|column| column.starts_with("label::"))).then_some("label");
    let added = OURS.map(|(column, _)| column).into_iter().chain(["concept", "name"]).chain(label);
    survey.columns.extend(added.filter(|column| !has.contains(*column)).map(str::to_owned));
    let width = survey.columns.len();
    for row in &mut survey.rows {
        row.width = width;
    }

    let settings = &mut sheets.settings;
    if settings.rows.is_empty() {
        let blank = |row: &Row| Row { sheet: settings.name, cells: BTreeMap::new(), ..row.clone() };
        settings.rows.extend(survey.rows.first().map(blank));
    }
    for column in SETTINGS {
        if !settings.columns.iter().any(|own| own == column) {
            settings.columns.push(column.to_owned());
        }
        for row in &mut settings.rows {
            row.cells.entry(column.to_owned()).or_insert_with(|| "1".to_owned());
        }
    }
    let width = settings.columns.len();
    for row in &mut settings.rows {
        row.width = width;
    }
    sheets
}

/// Whether every question stands in a group that is no repeat.
fn sections(rows: &[Row]) -> bool {
    let mut open = Vec::new();
    rows.iter().all(|row| {
        let kind = word(row, "type").replace('_', " ");
        if kind.starts_with("begin") {
            open.push(kind == "begin group");
        } else if kind.starts_with("end") {
            open.pop();
        } else {
            return open.first() == Some(&true);
        }
        open.first() != Some(&false)
    })
}

/// A question as XForms binds it: its type and which rules it has.
type Bound = (String, String);

/// What we make of the form, a line a question; the times of a repeat are one.
fn ours(form: &Questionnaire) -> Vec<Bound> {
    let mut bound = Vec::new();
    for (question, rules) in form.questions.iter().zip(&form.logic.rules) {
        let name = question.name.as_str();
        let name =
            name.strip_suffix(|c: char| c.is_ascii_digit()).and_then(|name| name.strip_suffix('.')).unwrap_or(name);
        let entry = (name.to_owned(), words(question, rules));
        if !bound.contains(&entry) {
            bound.push(entry);
        }
    }
    bound
}

fn words(question: &Question, rules: &Rules) -> String {
    let kind = match question.kind {
        QuestionKind::Integer => "int",
        QuestionKind::Decimal => "decimal",
        QuestionKind::Date => "date",
        QuestionKind::Rank { .. } => "odk:rank",
        QuestionKind::Text { .. }
        | QuestionKind::SelectOne { .. }
        | QuestionKind::SelectMultiple { .. }
        | QuestionKind::Acknowledge
        | QuestionKind::Calculate
        | QuestionKind::Hidden
        | QuestionKind::Note => "string",
    };
    let has = [
        ("relevant", rules.relevant.is_some()),
        ("required", rules.required.is_some()),
        ("constraint", rules.constraint.is_some()),
        ("calculate", rules.calculation.is_some()),
    ];
    let has = has.into_iter().filter_map(|(rule, is)| is.then_some(rule));
    std::iter::once(kind).chain(has).collect::<Vec<_>>().join(" ")
}

/// What pyxform makes of it, from the `bind` elements of its XForm.
fn theirs(xform: &str) -> Vec<Bound> {
    let binds = xform.lines().filter_map(|line| line.trim().strip_prefix("<bind "));
    let binds = binds.filter_map(|bind| {
        let attribute = |name: &str| {
            let start = bind.find(&format!("{name}=\""))? + name.len() + 2;
            bind[start..].split('"').next()
        };
        let nodeset = attribute("nodeset").filter(|nodeset| !nodeset.contains("/meta/"))?;
        // Groups are bound without a type.
        let kind = attribute("type")?;
        let has =
            ["relevant", "required", "constraint", "calculate"].into_iter().filter(|rule| attribute(rule).is_some());
        let words = std::iter::once(kind).chain(has).collect::<Vec<_>>().join(" ");
        Some((nodeset.rsplit('/').next()?.to_owned(), words))
    });
    binds.collect()
}

/// What differs between the two, a line each.
fn differences(form: &Questionnaire, xform: &str) -> Vec<String> {
    let (ours, theirs) = (ours(form), theirs(xform));
    let told = |bound: Option<&Bound>| bound.map_or("なし", |(_, words)| words).to_owned();
    let names: BTreeSet<&String> = ours.iter().chain(&theirs).map(|(name, _)| name).collect();
    let of = |all: &[Bound], name: &String| all.iter().find(|(own, _)| own == name).cloned();
    let pairs = names.into_iter().map(|name| (name, of(&ours, name), of(&theirs, name)));
    let differ = pairs.filter(|(_, ours, theirs)| ours != theirs);
    differ
        .map(|(name, ours, theirs)| format!("{name}: 調べ {}、pyxform {}", told(ours.as_ref()), told(theirs.as_ref())))
        .collect()
}

/// What we make of one workbook, in a line or several.
fn judged(path: &Path, xform: &str) -> Vec<String> {
    let sheets = match read(path) {
        Ok(sheets) => dressed(sheets),
        Err(error) => return vec![format!("読めない: {error}")],
    };
    let compilation = compile(&sheets);
    if let Some(form) = compilation.questionnaire {
        let differences = differences(&form, xform);
        let count = ours(&form).len();
        let line = if differences.is_empty() { "pyxformと同じ" } else { "pyxformと違う" };
        return std::iter::once(format!("{line}（{count}問）")).chain(differences).collect();
    }
    let errors = compilation.findings.iter().filter(|finding| finding.severity == Severity::Error);
    std::iter::once("対応しないもの".to_owned()).chain(errors.map(ToString::to_string)).collect()
}

#[test]
fn the_reference_implementations_workbooks_are_read_alike_or_refused_with_a_reason() {
    let folder = sources_of("rxform").join("tests");
    let mut workbooks: Vec<PathBuf> =
        fs::read_dir(folder.join("fixtures")).unwrap().map(|entry| entry.unwrap().path()).collect();
    workbooks.retain(|path| path.extension().is_some_and(|extension| extension == "xlsx"));
    workbooks.sort();
    let (mut alike, mut list) = (0, String::new());
    for path in &workbooks {
        let name = path.file_stem().unwrap().to_string_lossy();
        let xform = fs::read_to_string(folder.join(format!("expected/{name}.xml"))).unwrap();
        let judged = judged(path, &xform);
        alike += usize::from(judged[0].starts_with("pyxformと同じ"));
        writeln!(list, "{name}: {}", judged.join("\n    ")).unwrap();
    }
    insta::assert_snapshot!(list);
    // A newer rxform with other workbooks is to be looked at, not to be accepted.
    assert_eq!((workbooks.len(), alike), (34, 7));
}
