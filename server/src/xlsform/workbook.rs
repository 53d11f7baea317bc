//! Sheets from a folder of CSV files or an `.xlsx`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use calamine::Reader;
use shared::questionnaire::{Source, SourceSheet};

use super::columns;
use super::finding::{Finding, Severity};

/// The largest `.xlsx` that is opened, in bytes. A questionnaire of 1,000 questions has a tenth of it.
const LARGEST_WORKBOOK: u64 = 10 * 1024 * 1024;

/// The three sheets that make a questionnaire, with cells cleaned but not yet understood.
#[derive(Debug, Clone)]
pub struct Sheets {
    pub(super) survey: Sheet,
    pub(super) choices: Sheet,
    pub(super) settings: Sheet,
    /// Names of a workbook's sheets that are not read.
    pub(super) unread: Vec<String>,
}

impl Sheets {
    /// Says which sheets are not read: what stands there has no effect.
    pub(super) fn check(&self, findings: &mut Vec<Finding>) {
        if !self.unread.is_empty() {
            let message = format!(
                "読まないシートがあります：{}。survey、choices、settings のほかは、調査票に使いません。",
                self.unread.join("、")
            );
            findings
                .push(Finding { severity: Severity::Warning, sheet: "ブック", row: None, column: None, message });
        }
    }

    /// Something wrong with the version that the settings sheet gives.
    pub fn about_version(&self, message: impl Into<String>) -> Finding {
        match self.settings.rows.first() {
            Some(row) => row.error("version", message),
            None => self.settings.finding(Severity::Error, Some("version"), message),
        }
    }

    /// The sheets to be kept with the questionnaire: everything that is written, also what was not used.
    pub(super) fn source(&self) -> Source {
        Source { survey: self.survey.source(), choices: self.choices.source(), settings: self.settings.source() }
    }
}

/// One sheet.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    /// `survey.csv` or `survey`, as findings name it.
    pub name: &'static str,
    /// Canonical names of the columns in order; empty where the heading is blank.
    pub columns: Vec<String>,
    /// Rows with at least one cell that is not blank.
    pub rows: Vec<Row>,
}

impl Sheet {
    /// A finding on the sheet as a whole.
    pub fn finding(&self, severity: Severity, column: Option<&str>, message: impl Into<String>) -> Finding {
        let column = column.map(str::to_owned);
        Finding { severity, sheet: self.name, row: None, column, message: message.into() }
    }

    fn source(&self) -> SourceSheet {
        let columns: Vec<String> = self.columns.iter().filter(|column| !column.is_empty()).cloned().collect();
        let cell = |row: &Row, column: &String| row.cell(column).unwrap_or_default().to_owned();
        let rows = self.rows.iter().map(|row| columns.iter().map(|column| cell(row, column)).collect()).collect();
        SourceSheet { columns, rows }
    }
}

/// One row.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// Name of its sheet, as findings give it.
    pub sheet: &'static str,
    /// Line of a CSV file or row of a sheet, from 1.
    pub number: usize,
    /// How many cells the row has, blank ones included.
    pub width: usize,
    /// The cells that are not blank, by canonical column name.
    pub cells: BTreeMap<String, String>,
}

impl Row {
    /// The cell, when it is not blank.
    pub fn cell(&self, column: &str) -> Option<&str> {
        self.cells.get(column).map(String::as_str)
    }

    /// Whether the row is left out.
    pub fn is_disabled(&self) -> bool {
        self.cell("disabled").is_some_and(|cell| !matches!(&*cell.to_lowercase(), "0" | "no" | "false" | "false()"))
    }

    /// Something that makes the form unusable.
    pub fn error(&self, column: &str, message: impl Into<String>) -> Finding {
        self.finding(Severity::Error, column, message)
    }

    /// Something that is probably a mistake.
    pub fn warning(&self, column: &str, message: impl Into<String>) -> Finding {
        self.finding(Severity::Warning, column, message)
    }

    fn finding(&self, severity: Severity, column: &str, message: impl Into<String>) -> Finding {
        let column = (!column.is_empty()).then(|| column.to_owned());
        Finding { severity, sheet: self.sheet, row: Some(self.number), column, message: message.into() }
    }
}

/// The sheets could not be read at all.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// Neither a folder nor an `.xlsx`.
    #[error("{0} は調査票として読めません。.xlsx ファイルか、survey.csv のあるフォルダーを指定してください。")]
    NotAForm(PathBuf),
    /// The file cannot be opened or read.
    #[error("{path} を読めません：{source}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Another encoding.
    #[error("{file} の{line}行目がUTF-8ではありません。文字コードをUTF-8にして保存し直してください。")]
    NotUtf8 {
        /// The file.
        file: &'static str,
        /// The first line with other bytes, from 1.
        line: usize,
    },
    /// Not CSV.
    #[error("{file} をCSVとして読めません：{source}")]
    NotCsv {
        /// The file.
        file: &'static str,
        /// Why.
        source: csv::Error,
    },
    /// Not a workbook, or one without a survey sheet.
    #[error("{path} をXLSFormのブックとして読めません。surveyシートのある .xlsx を指定してください。（{detail}）")]
    NotAWorkbook {
        /// The file.
        path: PathBuf,
        /// The reader's own words.
        detail: String,
    },
    /// A workbook beyond all reason.
    #[error("{0} は大きすぎます。調査票のブックは10MBまでです。")]
    TooLarge(PathBuf),
}

/// Reads a folder with `survey.csv` (and `choices.csv`, `settings.csv`) or an `.xlsx` with sheets of these names.
pub fn read(path: &Path) -> Result<Sheets, ReadError> {
    if path.is_dir() {
        return Ok(Sheets {
            survey: read_csv(path, "survey.csv")?.ok_or_else(|| ReadError::NotAForm(path.to_owned()))?,
            choices: read_csv(path, "choices.csv")?.unwrap_or_else(|| empty("choices.csv")),
            settings: read_csv(path, "settings.csv")?.unwrap_or_else(|| empty("settings.csv")),
            unread: Vec::new(),
        });
    }
    let unreadable = |source| ReadError::Unreadable { path: path.to_owned(), source };
    let size = fs::metadata(path).map_err(unreadable)?.len();
    if !path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xlsx")) {
        return Err(ReadError::NotAForm(path.to_owned()));
    }
    if size > LARGEST_WORKBOOK {
        return Err(ReadError::TooLarge(path.to_owned()));
    }
    let workbook = rxform::xls::read_workbook(path)
        .map_err(|error| ReadError::NotAWorkbook { path: path.to_owned(), detail: error.message })?;
    Ok(Sheets {
        survey: from_workbook("survey", &workbook.survey),
        choices: from_workbook("choices", &workbook.choices),
        settings: from_workbook("settings", &workbook.settings),
        unread: unread(path),
    })
}

/// Reads sheets that are part of the binary.
pub fn read_embedded(survey: &str, choices: &str, settings: &str) -> Result<Sheets, ReadError> {
    Ok(Sheets {
        survey: parse_csv("survey.csv", survey)?,
        choices: parse_csv("choices.csv", choices)?,
        settings: parse_csv("settings.csv", settings)?,
        unread: Vec::new(),
    })
}

/// The sheets that are no part of a form.
fn unread(path: &Path) -> Vec<String> {
    let names = calamine::open_workbook_auto(path).map(|book| book.sheet_names()).unwrap_or_default();
    names.into_iter().filter(|name| is_unread(name)).collect()
}

/// Sheets whose name begins with `_` are the author's own, in every XLSForm tool.
pub(super) fn is_unread(name: &str) -> bool {
    let name = name.trim().to_lowercase();
    let is_read = matches!(name.as_str(), "survey" | "choices" | "choices and columns" | "settings");
    !is_read && !name.starts_with('_')
}

pub(super) fn empty(name: &'static str) -> Sheet {
    Sheet { name, columns: Vec::new(), rows: Vec::new() }
}

fn read_csv(folder: &Path, name: &'static str) -> Result<Option<Sheet>, ReadError> {
    let path = folder.join(name);
    if !path.exists() {
        return Ok(None);
    }
    let bytes = fs::read(&path).map_err(|source| ReadError::Unreadable { path, source })?;
    let text = str::from_utf8(&bytes).map_err(|error| {
        let line = 1 + bytes.iter().take(error.valid_up_to()).filter(|byte| **byte == b'\n').count();
        ReadError::NotUtf8 { file: name, line }
    })?;
    parse_csv(name, text).map(Some)
}

fn parse_csv(name: &'static str, text: &str) -> Result<Sheet, ReadError> {
    let not_csv = |source| ReadError::NotCsv { file: name, source };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    // Rows of another width are a finding each, not the end.
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut sheet = empty(name);
    for record in reader.records() {
        let record = record.map_err(not_csv)?;
        let line = record.position().map_or(0, csv::Position::line);
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if sheet.columns.is_empty() {
            sheet.columns = record.iter().map(columns::canonical).collect();
            continue;
        }
        let cells = sheet.columns.iter().map(String::as_str).chain(std::iter::repeat("")).zip(record.iter());
        let number = usize::try_from(line).unwrap_or(usize::MAX);
        sheet.rows.push(row(name, number, record.len(), cells));
    }
    Ok(sheet)
}

fn from_workbook(name: &'static str, sheet: &rxform::xls::Sheet) -> Sheet {
    let columns: Vec<String> = sheet.headers.iter().map(|header| columns::canonical(header)).collect();
    let rows = sheet.rows.iter().map(|(number, cells)| {
        let cells = sheet
            .headers
            .iter()
            .zip(&columns)
            .filter_map(|(header, column)| cells.get(header).map(|cell| (column.as_str(), cell.as_str())));
        row(name, *number, columns.len(), cells)
    });
    Sheet { name, rows: rows.collect(), columns: columns.clone() }
}

pub(super) fn row<'a>(
    sheet: &'static str,
    number: usize,
    width: usize,
    cells: impl Iterator<Item = (&'a str, &'a str)>,
) -> Row {
    let cells =
        cells.map(|(column, cell)| (column.to_owned(), clean(cell))).filter(|(_, cell)| !cell.is_empty()).collect();
    Row { sheet, number, width, cells }
}

/// XLSForm's rules for a cell: trimmed, no-break spaces as spaces, typographic quotes as plain ones.
fn clean(cell: &str) -> String {
    let plain = |c| match c {
        '\u{a0}' => ' ',
        '\u{2018}' | '\u{2019}' => '\'',
        '\u{201c}' | '\u{201d}' => '"',
        other => other,
    };
    cell.chars().map(plain).collect::<String>().trim().to_owned()
}
