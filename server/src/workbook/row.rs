//! Which row of an uploaded workbook is which question: columns by heading, rows by key, else by number.

use std::collections::{BTreeMap, BTreeSet};

use shared::questionnaire::Questionnaire;

use super::cell::{is_blank, plain};
use super::grid::{Content, Sheet, cell_name};
use super::layout::{self, Column, Line};
use super::read::Problem;
use super::refused::Refused;

/// The headings stand in one of the first rows, also when somebody put a letterhead above them.
const DEEPEST_HEADING: usize = 60;

/// The answer sheet with its columns.
pub struct Table<'s> {
    sheet: &'s Sheet,
    heading: u32,
    columns: BTreeMap<Column, u32>,
}

/// A row that asks something.
#[derive(Debug, Clone, Copy)]
pub struct Row<'s> {
    /// What it asks.
    pub line: Line,
    /// Row and column of its answer cell.
    pub position: (u32, u32),
    /// What stands there.
    pub content: Option<&'s Content>,
    /// Revision of the answer it was made from.
    pub revision: Option<u32>,
}

impl<'s> Table<'s> {
    /// The one sheet with the headings of answers.
    pub fn find(sheets: &'s [Sheet]) -> Result<Self, Refused> {
        let mut tables = sheets.iter().filter_map(|sheet| {
            let needed = [Column::Question, Column::Answer];
            let (heading, columns) = headings(sheet, &needed)?;
            let tells = columns.contains_key(&Column::Number) || columns.contains_key(&Column::Key);
            tells.then_some(Self { sheet, heading, columns })
        });
        let table = tables.next().ok_or(Refused::NoTable)?;
        match tables.next() {
            Some(second) => Err(Refused::TwoTables(table.sheet.name.clone(), second.sheet.name.clone())),
            None => Ok(table),
        }
    }

    /// 「回答!D17」
    pub fn place(&self, position: (u32, u32)) -> String {
        format!("{}!{}", self.sheet.name, cell_name(position))
    }

    /// Every row that can be told, and a problem for each answer whose question cannot.
    pub fn rows(&self, questionnaire: &Questionnaire) -> (Vec<Row<'s>>, Vec<Problem>) {
        let numbers = layout::by_number(questionnaire);
        let answer = self.columns.get(&Column::Answer).copied().unwrap_or_default();
        let filled: BTreeSet<u32> =
            self.sheet.cells.keys().map(|(row, _)| *row).filter(|row| *row > self.heading).collect();
        let (mut rows, mut problems) = (Vec::new(), Vec::new());
        for row in filled {
            let position = (row, answer);
            let content = self.sheet.cells.get(&position).filter(|content| !is_blank(content));
            let told = Told {
                key: self.text(row, Column::Key),
                choice: self.text(row, Column::Choice),
                number: self.text(row, Column::Number),
            };
            match told.line(questionnaire, &numbers) {
                Ok(line) => {
                    let revision = self.text(row, Column::Revision).parse().ok();
                    rows.push(Row { line, position, content, revision });
                }
                Err(what) if content.is_some() => {
                    problems.push(Problem { place: self.place(position), index: None, what });
                }
                // Whatever stands beside the table or below it without an answer is nobody's loss.
                Err(_) => {}
            }
        }
        (rows, problems)
    }

    /// A cell's text without blanks; empty where there is none.
    fn text(&self, row: u32, column: Column) -> String {
        let place = self.columns.get(&column);
        let content = place.and_then(|column| self.sheet.cells.get(&(row, *column)));
        content.map(plain).unwrap_or_default().chars().filter(|c| !c.is_whitespace()).collect()
    }
}

/// The revisions that the hidden sheet says, by question; empty where it was taken out.
pub fn revisions(sheets: &[Sheet]) -> BTreeMap<String, u32> {
    let mut revisions = BTreeMap::new();
    for sheet in sheets {
        let Some((heading, columns)) = headings(sheet, &[Column::Key, Column::Revision]) else { continue };
        if columns.contains_key(&Column::Answer) {
            continue;
        }
        let (Some(key), Some(revision)) = (columns.get(&Column::Key), columns.get(&Column::Revision)) else { continue };
        let keys = sheet.cells.iter().filter(|((row, column), _)| *row > heading && column == key);
        revisions.extend(keys.filter_map(|((row, _), content)| {
            let number = sheet.cells.get(&(*row, *revision)).map(plain)?;
            Some((plain(content).trim().to_owned(), number.trim().parse().ok()?))
        }));
    }
    revisions
}

/// The first row that has all the headings needed, with every column found in it.
fn headings(sheet: &Sheet, needed: &[Column]) -> Option<(u32, BTreeMap<Column, u32>)> {
    let mut found: BTreeMap<u32, BTreeMap<Column, u32>> = BTreeMap::new();
    for ((row, column), content) in &sheet.cells {
        if found.len() > DEEPEST_HEADING {
            break;
        }
        let columns = found.entry(*row).or_default();
        if let Some(heading) = Column::of_heading(&plain(content)) {
            columns.entry(heading).or_insert(*column);
        }
    }
    found.into_iter().find(|(_, columns)| needed.iter().all(|column| columns.contains_key(column)))
}

/// What a row says of its question.
struct Told {
    key: String,
    choice: String,
    number: String,
}

impl Told {
    fn line(&self, questionnaire: &Questionnaire, numbers: &BTreeMap<String, Line>) -> Result<Line, String> {
        let by_number = numbers.get(&self.number).copied();
        if self.key.is_empty() {
            return match by_number {
                Some(line) => Ok(line),
                None => Err("どの設問の回答か分かりません。番号の列を、ダウンロードしたときのとおりに戻してください。"
                    .to_owned()),
            };
        }
        let index = questionnaire.find(&self.key).ok_or("この調査票にない設問の行です。この行を消してください。")?;
        let question = questionnaire.question(index);
        let named = |name: &str| question.kind.choices().iter().position(|choice| choice.name == name);
        let line = match by_number.filter(|line| line.index == index) {
            _ if !self.choice.is_empty() => {
                let choice = named(&self.choice).ok_or("この設問にない選択肢の行です。この行を消してください。")?;
                Line { index, choice: Some(choice) }
            }
            // The choice's column was taken out.
            Some(line) => line,
            None => Line { index, choice: None },
        };
        let expected = layout::number(questionnaire, line);
        if !self.number.is_empty() && self.number != expected {
            return Err(format!(
                "行の番号は「{}」ですが、この行は「{expected}」の回答欄です。行の一部だけが並べ替えられています。元の並びに戻してください。",
                self.number
            ));
        }
        Ok(line)
    }
}
