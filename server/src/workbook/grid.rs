//! The cells of a bounded workbook.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, ExcelDateTime, ExcelDateTimeType, Reader, Xlsx, XlsxError};

use super::bounds::Limits;
use super::refused::Refused;

/// Sheets in a workbook.
const MOST_SHEETS: usize = 50;
/// Excel's own limit of one cell, in characters.
const LONGEST_TEXT: usize = 32_767;
/// 9999-12-31, the last day that Excel knows.
const LAST_DAY: f64 = 2_958_465.0;

/// A sheet's cells with content, by row and column from 0.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// Its cells. Sparse: a cell far out costs no more than one near.
    pub cells: BTreeMap<(u32, u32), Content>,
    /// Places of formulas; what was last worked out there stands in `cells`.
    pub formulas: BTreeSet<(u32, u32)>,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// A text.
    Text(String),
    /// A number; also a date whose format was lost.
    Number(f64),
    /// `YYYY-MM-DD`
    Date(String),
    /// TRUE or FALSE.
    Bool(bool),
    /// `#REF!` and the like.
    Error,
}

/// All cells of all sheets.
pub fn sheets(bounded: Vec<u8>, limits: &Limits) -> Result<Vec<Sheet>, Refused> {
    // The parser computes with what cells say of themselves and may run over in a file made to harm.
    let read = catch_unwind(AssertUnwindSafe(|| parse(bounded, limits)));
    match read {
        Ok(Ok(sheets)) => Ok(sheets),
        Ok(Err(Failure::Refused(refused))) => Err(refused),
        Ok(Err(Failure::Unreadable(error))) => {
            tracing::info!(%error, "workbook cannot be parsed");
            Err(Refused::Corrupt)
        }
        Err(_) => Err(Refused::Corrupt),
    }
}

enum Failure {
    Refused(Refused),
    Unreadable(XlsxError),
}

impl From<XlsxError> for Failure {
    fn from(error: XlsxError) -> Self {
        match error {
            XlsxError::Password => Self::Refused(Refused::Encrypted),
            other => Self::Unreadable(other),
        }
    }
}

fn parse(bounded: Vec<u8>, limits: &Limits) -> Result<Vec<Sheet>, Failure> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bounded))?;
    let names = workbook.sheet_names();
    if names.len() > MOST_SHEETS {
        return Err(Failure::Refused(Refused::Inflates));
    }
    let is_1904 = workbook.has_1904_epoch();
    let mut sheets = Vec::with_capacity(names.len());
    let (mut cells_left, mut text_left) = (limits.cells, limits.text);
    for name in names {
        let mut reader = match workbook.worksheet_cells_reader(&name) {
            Ok(reader) => reader,
            // A sheet of charts.
            Err(XlsxError::NotAWorksheet(_) | XlsxError::WorksheetNotFound(_)) => continue,
            Err(error) => return Err(error.into()),
        };
        let (mut cells, mut formulas) = (BTreeMap::new(), BTreeSet::new());
        // Formulas that share a text are not written out: what a file says of their number is not believed.
        while let Some(cell) = reader.next_cell_with_formula_metadata()? {
            let content = content(&cell.value, is_1904);
            let is_formula = cell.formula.is_some();
            if content.is_none() && !is_formula {
                continue;
            }
            let length = if let Some(Content::Text(text)) = &content { text.len() } else { 0 };
            let over = Failure::Refused(Refused::Inflates);
            cells_left = cells_left.checked_sub(1).ok_or(over)?;
            text_left = text_left.checked_sub(length).ok_or(Failure::Refused(Refused::Inflates))?;
            if is_formula {
                formulas.insert(cell.pos);
            }
            if let Some(content) = content {
                cells.insert(cell.pos, content);
            }
        }
        sheets.push(Sheet { name, cells, formulas });
    }
    Ok(sheets)
}

/// `None` for an empty cell.
fn content(value: &DataRef<'_>, is_1904: bool) -> Option<Content> {
    let text = |text: &str| {
        // Beyond Excel's limit only a file made by hand: what is cut off could not have been seen.
        let text = text.char_indices().nth(LONGEST_TEXT).map_or(text, |(end, _)| &text[..end]);
        (!text.is_empty()).then(|| Content::Text(text.to_owned()))
    };
    match value {
        DataRef::Empty => None,
        DataRef::String(value) => text(value),
        DataRef::SharedString(value) => text(value),
        DataRef::DateTimeIso(value) | DataRef::DurationIso(value) => {
            value.get(..10).map_or_else(|| text(value), |date| Some(Content::Date(date.to_owned())))
        }
        DataRef::Float(number) => Some(Content::Number(*number)),
        #[expect(clippy::cast_precision_loss, reason = "a cell holds a double")]
        DataRef::Int(number) => Some(Content::Number(*number as f64)),
        DataRef::Bool(value) => Some(Content::Bool(*value)),
        DataRef::DateTime(moment) if moment.is_datetime() => {
            Some(day(moment.as_f64(), is_1904).map_or(Content::Number(moment.as_f64()), Content::Date))
        }
        DataRef::DateTime(duration) => Some(Content::Number(duration.as_f64())),
        DataRef::Error(_) => Some(Content::Error),
    }
}

/// The day of Excel's serial number, `YYYY-MM-DD`; `None` for what is no day of its calendar.
pub fn day(serial: f64, is_1904: bool) -> Option<String> {
    if !(1.0..=LAST_DAY).contains(&serial) {
        return None;
    }
    let moment = ExcelDateTime::new(serial, ExcelDateTimeType::DateTime, is_1904);
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    Some(format!("{year:04}-{month:02}-{day:02}"))
}

/// 「D17」 of row 16 and column 3.
pub fn cell_name((row, column): (u32, u32)) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    format!("{}{}", letters.iter().rev().collect::<String>(), u64::from(row) + 1)
}
