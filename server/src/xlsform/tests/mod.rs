//! Tests of the whole way from sheets to a questionnaire.

mod calculations;
mod corpus;
mod export;
mod findings;
mod forms;
mod hostile;
mod languages;
mod oracle;
mod refused;
mod repeats;
mod selects;
mod unusual;

use std::path::PathBuf;

use shared::questionnaire::{QuestionIndex, Questionnaire};

use super::{Compilation, compile, read, read_embedded};

/// Compiles a form of `testdata/`.
fn compiled(name: &str) -> Compilation {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/xlsform/testdata").join(name);
    compile(&read(&path).unwrap())
}

/// The findings as they are shown, a line each.
fn shown(compilation: &Compilation) -> String {
    let lines = compilation.findings.iter().map(|finding| format!("{} {finding}", finding.severity.label()));
    lines.collect::<Vec<_>>().join("\n")
}

const SETTINGS: &str = "form_title,form_id,version\n題,id,1\n";

/// A form without findings.
#[track_caller]
fn form_of(survey: &str, choices: &str, settings: &str) -> Questionnaire {
    let compilation = compile(&read_embedded(survey, choices, settings).unwrap());
    assert_eq!(shown(&compilation), "");
    compilation.questionnaire.unwrap()
}

/// A survey sheet of one section with these rows below `type,name,label,…`. A row may leave out its last cells; each
/// has the name as its number, concept and label unless it says otherwise, and every answer is public.
fn survey(columns: &str, rows: &[&str]) -> String {
    let names: Vec<&str> = columns.split(',').collect();
    let all = ["type", "name", "label", "number", "concept", "aggregate_visibility", "named_visibility", "minutes"];
    let heading: Vec<&str> = all.into_iter().chain(names[2..].iter().copied()).collect();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&heading).unwrap();
    let mut write = |row: &str| {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(row.as_bytes());
        let cells = reader.records().next().unwrap().unwrap();
        let (kind, name) = (&cells[0], cells.get(1).unwrap_or_default());
        let is_group = kind.starts_with("begin") || kind.starts_with("end");
        let silent = is_group || matches!(kind, "note" | "calculate" | "hidden");
        let (own, visibility) = if silent { ("", "") } else { (name, "public") };
        let label = if kind.starts_with("end") { "" } else { name };
        let minutes = if kind == "begin_group" && name == "section" { "5" } else { "" };
        let begin = [kind, name, label, own, own, visibility, visibility, minutes];
        let rest = (2..names.len()).map(|place| cells.get(place).unwrap_or_default());
        writer.write_record(begin.into_iter().chain(rest)).unwrap();
    };
    write("begin_group,section");
    for row in rows {
        write(row);
    }
    write("end_group,section");
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

/// The rows of a choices sheet whose list a survey sheet mentions.
fn used(choices: &str, survey: &str) -> String {
    let (heading, rows) = choices.split_once('\n').unwrap();
    let is_used = |row: &&str| row.split(',').next().is_some_and(|list| survey.contains(&format!(" {list}")));
    std::iter::once(heading).chain(rows.lines().filter(is_used)).collect::<Vec<_>>().join("\n") + "\n"
}

/// The place of the question of that name.
#[track_caller]
fn at(form: &Questionnaire, name: &str) -> QuestionIndex {
    form.find(name).unwrap_or_else(|| panic!("no question {name}"))
}
