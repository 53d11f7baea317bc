//! 過去の回答: the dataset `answers` as this product exports it, of one year or of all, read back to the letter.
//!
//! A file holds all questions of each municipality in it, so that a file that was cut off is never taken for blanks. What
//! it says of each question must be what the questionnaire's own logic says: what is read is what would be exported.
//!
//! - `columns`: which column is what
//! - `said`: what a row says of a question
//! - `check`: a municipality's rows against the questionnaire

mod check;
mod columns;
mod said;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use shared::fiscal_year::FiscalYear;
use shared::municipality::{Municipality, MunicipalityCode};
use shared::questionnaire::{QuestionIndex, QuestionName, Questionnaire};
use shared::response::{AnswerValue, Cell};

use columns::Columns;
use said::{Said, Told};

use super::ImportError;
use super::fault::{Faults, faultless};
use super::file::TableFile;
use super::register::Register;
use super::sheet::{FORMULA, Row, is_formula};
use crate::export::text::{runs, unescaped};

/// What the column `note` says of generated answers.
pub use crate::export::dataset::note;

/// The round that a file is read for.
pub struct Wanted<'a> {
    /// The round's year.
    pub year: FiscalYear,
    /// Other years whose rows the file may hold too: they are read for rounds of their own.
    pub others: &'a BTreeSet<FiscalYear>,
    /// What was asked.
    pub questionnaire: &'a Questionnaire,
    /// The municipalities asked.
    pub asked: &'a BTreeMap<MunicipalityCode, Municipality>,
    /// All municipalities.
    pub register: &'a Register,
    /// What was answered the year before, an entry a question.
    pub previous: &'a BTreeMap<MunicipalityCode, Vec<Option<AnswerValue>>>,
    /// The database holds generated data: only such go into it, and nowhere else.
    pub demonstration: bool,
}

/// What a file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Rows of the year.
    pub rows: usize,
    /// By municipality code.
    pub responses: Vec<Response>,
}

/// What a file says of one municipality.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// Whose it is.
    pub code: MunicipalityCode,
    /// The line of its first row.
    pub line: u64,
    /// A cell for each question that takes an answer, in the questionnaire's order: what an export would show.
    pub cells: Vec<Cell>,
    /// The answers behind them, without what is worked out; `None` holds against a question's default. `None` as a whole
    /// where the municipality did not respond.
    pub answers: Option<Vec<(QuestionName, Option<AnswerValue>)>>,
}

/// The years of a file.
pub fn years_of(file: &TableFile) -> Result<BTreeSet<FiscalYear>, ImportError> {
    faultless(&file.name, |faults| {
        let mut sheet = file.sheet(faults)?;
        let columns = Columns::find(&sheet.headings, faults)?;
        let mut years = BTreeSet::new();
        while let Some(row) = sheet.next_row(faults) {
            years.extend(columns.year(&row, faults));
        }
        if years.is_empty() && faults.is_empty() {
            faults.whole("見出しの下に行がありません。");
        }
        Some(years)
    })
}

/// Reads a file, or says everything that is wrong with it.
pub fn read(file: &TableFile, wanted: &Wanted<'_>) -> Result<Reading, ImportError> {
    faultless(&file.name, |faults| read_all(file, wanted, faults))
}

fn read_all(file: &TableFile, wanted: &Wanted<'_>, faults: &mut Faults) -> Option<Reading> {
    let mut sheet = file.sheet(faults)?;
    let columns = Columns::find(&sheet.headings, faults)?;
    let questions = wanted.questionnaire.indexed().filter(|(_, question)| question.kind.takes_answer());
    let questions = questions.map(|(index, question)| (question.name.as_str(), index)).collect();
    let mut reader = Reader { wanted, columns, questions, is_text: file.is_text(), responses: BTreeMap::new() };
    let mut rows = 0;
    while let Some(row) = sheet.next_row(faults) {
        let Some(year) = reader.columns.year(&row, faults) else { continue };
        if year == wanted.year || !wanted.others.contains(&year) {
            rows += 1;
            reader.row(year, &sheet.headings, &row, faults);
        }
    }
    if rows == 0 {
        faults.whole("見出しの下に行がありません。");
    }
    let responses = reader.responses;
    // A row that could not be read would be missed a second time.
    if !faults.is_empty() {
        return None;
    }
    let checked = responses.into_iter().filter_map(|(code, said)| check::response(wanted, code, &said, faults));
    Some(Reading { rows, responses: checked.collect() })
}

struct Reader<'a> {
    wanted: &'a Wanted<'a>,
    columns: Columns,
    questions: HashMap<&'a str, QuestionIndex>,
    is_text: bool,
    responses: BTreeMap<MunicipalityCode, BTreeMap<QuestionIndex, Said>>,
}

impl Reader<'_> {
    fn row(&mut self, year: FiscalYear, headings: &[String], row: &Row, faults: &mut Faults) {
        let Some(code) = self.municipality(year, headings, row, faults) else { return };
        let name = row.cell(self.columns.question);
        let Some(index) = self.questions.get(name).copied() else {
            let message = format!("「{name}」という設問は、この年度の調査票にありません。");
            faults.cell(row.line, columns::QUESTION, message);
            return;
        };
        let Some(told) = Told::of_code(row.cell(self.columns.state)) else {
            let message = format!(
                "「{}」という状態はありません。{} のどれかにしてください。",
                row.cell(self.columns.state),
                Told::CODES.map(|(code, _)| code).join("、")
            );
            faults.cell(row.line, columns::STATE, message);
            return;
        };
        let Some(text) = self.text(row, faults) else { return };
        let question = self.wanted.questionnaire.question(index);
        let typed = said::Typed {
            choice: &self.undone(row.cell(self.columns.choice)),
            choice_label: &self.columns.choice_label.map_or_else(String::new, |column| self.undone(row.cell(column))),
            number: row.cell(self.columns.number),
            unit: &self.columns.unit.map_or_else(String::new, |column| self.undone(row.cell(column))),
            text: &text,
            rank: self.columns.rank.map(|column| row.cell(column)),
        };
        let read =
            said::value(question, told, &typed).and_then(|values| Ok((values, said::rank(question, told, &typed)?)));
        let said = match read {
            Ok((values, rank)) => Said { line: row.line, told, values, ranks: rank.into_iter().collect() },
            Err((column, message)) => {
                faults.cell(row.line, column, message);
                return;
            }
        };
        let known = self.responses.entry(code).or_default();
        match known.get_mut(&index) {
            None => drop(known.insert(index, said)),
            Some(before) => {
                if let Err(message) = before.join(question, said) {
                    let message = format!("市町村 {code} の {name}: {message}");
                    faults.row(row.line, message);
                }
            }
        }
    }

    fn municipality(
        &self,
        year: FiscalYear,
        headings: &[String],
        row: &Row,
        faults: &mut Faults,
    ) -> Option<MunicipalityCode> {
        let (columns, wanted) = (&self.columns, self.wanted);
        if year != wanted.year {
            let message = format!(
                "{year}の行です。--year で指定した年度（{}）の行だけにするか、--year を付けずに実行してください。",
                wanted.year
            );
            faults.cell(row.line, columns::YEAR, message);
            return None;
        }
        let demonstration = columns.note.is_some_and(|column| row.cell(column) == note(true));
        if demonstration != wanted.demonstration {
            faults.row(
                row.line,
                if demonstration {
                    "デモデータ（架空の回答）の行です。実際の回答に混ぜることはできません。"
                } else {
                    "実際の回答の行です。デモデータに混ぜることはできません。"
                },
            );
            return None;
        }
        let code = columns.whose.municipality(headings, row, wanted.register, faults)?;
        if !wanted.asked.contains_key(&code) {
            faults.cell(row.line, columns::CODE, format!("市町村 {code} は、この年度の調査の対象ではありません。"));
            return None;
        }
        Some(code)
    }

    /// The cell without what a file of lines adds to it.
    fn undone(&self, cell: &str) -> String {
        if self.is_text { unescaped(cell) } else { cell.to_owned() }
    }

    /// The text as it was typed; `None` for what a spreadsheet would run.
    fn text(&self, row: &Row, faults: &mut Faults) -> Option<String> {
        let columns = &self.columns;
        let whole = row.whole(columns.text);
        if !self.is_text {
            return Some(whole.to_owned());
        }
        for (column, heading) in [(columns.choice, columns::CHOICE), (columns.number, columns::NUMBER)] {
            if is_formula(row.cell(column)) {
                faults.cell(row.line, heading, FORMULA);
                return None;
            }
        }
        if runs(whole) {
            faults.cell(
                row.line,
                columns::TEXT,
                "数式のようです。文字として取り込むときは、先頭に ' を付けてください（書き出したファイルでは付いています）。",
            );
            return None;
        }
        Some(unescaped(whole))
    }
}
