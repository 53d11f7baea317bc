//! The answers of an uploaded workbook, and every place that is wrong in it.

use std::collections::BTreeMap;

use shared::fiscal_year::FiscalYear;
use shared::municipality::MunicipalityCode;
use shared::questionnaire::{Question, QuestionIndex, Questionnaire};
use shared::response::Reading;

use super::bounds::{Limits, bounded};
use super::cell::{answer, of_choices, plain};
use super::grid::{self, Content, Sheet};
use super::layout::{self, Line};
use super::refused::Refused;
use super::row::{Row, Table, revisions};
use super::stamp::Stamp;

/// Whose workbook is wanted.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// The round.
    pub year: FiscalYear,
    /// The municipality.
    pub code: MunicipalityCode,
    /// What is asked.
    pub questionnaire: &'a Questionnaire,
}

/// What a workbook holds.
#[derive(Debug, Clone)]
pub struct Filled {
    /// What it says of itself.
    pub stamp: Stamp,
    /// Its answers, in the questionnaire's order.
    pub entries: Vec<Entry>,
    /// Places that belong to no answer.
    pub problems: Vec<Problem>,
    /// Questions whose rows were taken out.
    pub missing: Vec<QuestionIndex>,
}

/// One question in a workbook.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The question.
    pub index: QuestionIndex,
    /// Where its answer stands, e.g. 「回答!D17」.
    pub place: String,
    /// What stands there.
    pub reading: Reading,
    /// Revision of the answer that the row was made from; `None` where the workbook no longer says.
    pub revision: Option<u32>,
}

/// Something wrong in a workbook, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// 「回答!D17」
    pub place: String,
    /// The question, where it can be told.
    pub index: Option<QuestionIndex>,
    /// What it is, and what to do.
    pub what: String,
}

/// Reads an uploaded file. Whatever it holds, it neither panics nor takes much memory.
pub fn read(bytes: &[u8], file_name: &str, wanted: &Wanted<'_>) -> Result<Filled, Refused> {
    let sheets = grid::sheets(bounded(bytes, file_name, &Limits::RESPONSE)?, &Limits::RESPONSE)?;
    let stamp = stamp(&sheets, wanted)?;
    let table = Table::find(&sheets)?;
    let questionnaire = wanted.questionnaire;
    let (rows, mut problems) = table.rows(questionnaire);
    let (rows, doubled) = without_doubles(questionnaire, &table, rows);
    let hidden = revisions(&sheets);
    let (mut entries, mut missing) = (Vec::new(), Vec::new());
    for (index, question) in questionnaire.indexed() {
        if !question.kind.takes_answer() || question.readonly {
            continue;
        }
        let own: Vec<&Row<'_>> = rows.values().filter(|row| row.line.index == index).collect();
        let Some(first) = own.first() else {
            missing.push(index);
            continue;
        };
        let (position, reading) = reading(question, &own, &doubled);
        let stray =
            first.content.map(plain).filter(|_| layout::has_choice_rows(question) && first.line.choice.is_none());
        if stray.is_some_and(|text| ![layout::TICK_BELOW, layout::RANK_BELOW].contains(&text.trim())) {
            let what = "この行には記入しません。下の選択肢の行に記入してください。".to_owned();
            problems.push(Problem { place: table.place(first.position), index: Some(index), what });
        }
        let revision = revision(&own, hidden.get(question.name.as_str()).copied());
        entries.push(Entry { index, place: table.place(position), reading, revision });
    }
    Ok(Filled { stamp, entries, problems, missing })
}

/// The one stamp that stands intact somewhere in the workbook, of the response that is wanted.
fn stamp(sheets: &[Sheet], wanted: &Wanted<'_>) -> Result<Stamp, Refused> {
    let texts = sheets.iter().flat_map(|sheet| sheet.cells.values()).filter_map(|content| match content {
        Content::Text(text) if Stamp::is_meant(text) => Some(text),
        _ => None,
    });
    let (mut meant, mut found) = (false, Vec::new());
    for text in texts {
        meant = true;
        found.extend(Stamp::parse(text));
    }
    let form = wanted.questionnaire;
    for read in &found {
        if read.stamp.code != wanted.code {
            return Err(Refused::OtherMunicipality(read.stamp.code));
        }
        if read.stamp.year != wanted.year {
            return Err(Refused::OtherYear(read.stamp.year));
        }
        if (&read.stamp.form_id, &read.stamp.version) != (&form.form_id, &form.version) {
            return Err(Refused::OtherQuestionnaire(read.stamp.version.clone()));
        }
    }
    let mut intact = found.into_iter().filter(|read| read.is_intact(form)).map(|read| read.stamp);
    let Some(stamp) = intact.next() else {
        return Err(if meant { Refused::BrokenStamp } else { Refused::NoStamp });
    };
    if intact.any(|other| other != stamp) { Err(Refused::TwoStamps) } else { Ok(stamp) }
}

/// Rows that say the same twice are one; where they differ, nobody can tell which one is meant.
fn without_doubles<'s>(
    questionnaire: &Questionnaire,
    table: &Table<'_>,
    rows: Vec<Row<'s>>,
) -> (BTreeMap<Line, Row<'s>>, BTreeMap<QuestionIndex, String>) {
    let mut single: BTreeMap<Line, Row<'s>> = BTreeMap::new();
    let mut doubled = BTreeMap::new();
    for row in rows {
        match single.get(&row.line) {
            Some(first) if first.content != row.content => {
                let (number, place) = (layout::number(questionnaire, row.line), table.place(row.position));
                let what =
                    format!("「{number}」の行がもう1つあり（{place}）、回答が違います。どちらかの行を消してください。");
                doubled.insert(row.line.index, what);
            }
            Some(_) => {}
            None => {
                single.insert(row.line, row);
            }
        }
    }
    (single, doubled)
}

/// Where the answer stands, and what it is.
fn reading(question: &Question, own: &[&Row<'_>], doubled: &BTreeMap<QuestionIndex, String>) -> ((u32, u32), Reading) {
    let choices: Vec<&&Row<'_>> = own.iter().filter(|row| row.line.choice.is_some()).collect();
    let first = choices.first().copied().or(own.first()).map_or((0, 0), |row| row.position);
    let index = own.first().map(|row| row.line.index);
    if let Some(what) = index.and_then(|index| doubled.get(&index)) {
        return (first, Reading::Unreadable(what.clone()));
    }
    if !layout::has_choice_rows(question) {
        let read = answer(question, own.first().and_then(|row| row.content));
        return (first, read.map_or_else(Reading::Unreadable, Reading::Answer));
    }
    let expected = question.kind.choices().len();
    if choices.len() != expected {
        let what = format!(
            "選択肢の行が足りません（{expected}行のうち{}行）。もう一度ダウンロードした表から、行を戻してください。",
            choices.len()
        );
        return (first, Reading::Unreadable(what));
    }
    // Rows are sorted by line, so that choices stand in the questionnaire's order.
    let contents: Vec<Option<&Content>> = choices.iter().map(|row| row.content).collect();
    match of_choices(question, &contents) {
        Ok(value) => (first, Reading::Answer(value)),
        Err((place, what)) => {
            let position = place.and_then(|place| choices.get(place)).map_or(first, |row| row.position);
            (position, Reading::Unreadable(what))
        }
    }
}

/// What the rows and the hidden sheet agree on.
fn revision(own: &[&Row<'_>], hidden: Option<u32>) -> Option<u32> {
    let mut said = own.iter().filter_map(|row| row.revision).chain(hidden);
    let first = said.next()?;
    said.all(|other| other == first).then_some(first)
}
