//! A workbook as a table: one sheet of it, read within limits.

use std::collections::btree_map;
use std::iter::Peekable;

use csv::StringRecord;

use super::sheet::MOST_COLUMNS;
use crate::workbook::Refused;
use crate::workbook::bounds::{Limits, bounded};
use crate::workbook::cell::plain;
use crate::workbook::grid::{self, Content, Sheet};

/// The sheet that holds the data of our own exports; other workbooks have one sheet with anything in it.
const DATA_SHEET: &str = "データ";

/// A workbook's sheet.
pub struct Book {
    sheet: Sheet,
}

impl Book {
    /// Reads a workbook; an error says what it is instead, and what to do.
    pub fn read(bytes: &[u8], file_name: &str) -> Result<Self, String> {
        let limits = Limits::TABLE;
        let sheets = bounded(bytes, file_name, &limits).and_then(|bounded| grid::sheets(bounded, &limits));
        let mut sheets = sheets.map_err(|refused| words(&refused))?;
        sheets.retain(|sheet| !sheet.cells.is_empty() || !sheet.formulas.is_empty());
        let data = sheets.iter().position(|sheet| sheet.name == DATA_SHEET);
        let place = match (data, sheets.as_slice()) {
            (_, []) => return Err("シートに何も書かれていません。".to_owned()),
            (Some(place), _) => place,
            (None, [_]) => 0,
            (None, several) => {
                let names: Vec<&str> = several.iter().map(|sheet| sheet.name.as_str()).collect();
                return Err(format!(
                    "書かれているシートが{}枚あります（{}）。取り込むシートの名前を「{DATA_SHEET}」にするか、1枚だけのブックにしてください。",
                    names.len(),
                    names.join("、")
                ));
            }
        };
        Ok(Self { sheet: sheets.swap_remove(place) })
    }

    /// The name of its sheet.
    pub fn sheet(&self) -> &str {
        &self.sheet.name
    }

    /// Its rows.
    pub fn cells(&self) -> Cells<'_> {
        Cells { cells: self.sheet.cells.iter().peekable() }
    }

    /// The places that hold a formula or what went wrong with one: the line and the column, from 1 and from 0.
    pub fn formulas(&self) -> impl Iterator<Item = (u64, usize)> {
        let errors = self.sheet.cells.iter().filter(|(_, content)| **content == Content::Error).map(|(place, _)| place);
        let formulas = self.sheet.formulas.iter();
        let errors = errors.filter(|place| !self.sheet.formulas.contains(place));
        formulas.chain(errors).map(|(row, column)| (u64::from(*row) + 1, *column as usize))
    }
}

/// A sheet's rows, made one at a time: a cell far out costs no more than one near.
pub struct Cells<'b> {
    cells: Peekable<btree_map::Iter<'b, (u32, u32), Content>>,
}

impl Cells<'_> {
    /// The next row with anything in it and its number, from 1.
    pub fn next_row(&mut self) -> Option<(u64, StringRecord)> {
        let (row, _) = *self.cells.peek()?.0;
        let mut record = StringRecord::new();
        while let Some(((_, column), content)) = self.cells.next_if(|((other, _), _)| *other == row) {
            // What is farther out than any table is wide stands beside it, so that it is noticed.
            let column = (*column as usize).min(MOST_COLUMNS);
            while record.len() < column {
                record.push_field("");
            }
            record.push_field(&plain(content));
        }
        Some((u64::from(row) + 1, record))
    }
}

/// Why a workbook is no table.
fn words(refused: &Refused) -> String {
    match refused {
        Refused::TooLarge => format!(
            "ブックが大きすぎます。読み取れるのは{}MBまでです。CSVで保存し直すか、分けてください。",
            Limits::TABLE.file / 1024 / 1024
        ),
        Refused::Inflates => format!(
            "展開すると大きすぎるため読めません（中身が{}MB、セルが{}個まで）。使っていない行や列の書式を消すか、CSVで保存し直してください。",
            Limits::TABLE.content / 1024 / 1024,
            Limits::TABLE.cells
        ),
        Refused::Corrupt => "壊れているため読めません。Excelで開いて保存し直してください。".to_owned(),
        Refused::Foreign(kind) => format!("{kind}です。CSVかExcelのブック（.xlsx）を指定してください。"),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::{Formula, Workbook};

    use super::*;
    use crate::import::fault::Faults;
    use crate::import::sheet;

    fn saved(fill: impl FnOnce(&mut Workbook)) -> Vec<u8> {
        let mut book = Workbook::new();
        fill(&mut book);
        book.save_to_buffer().unwrap()
    }

    #[test]
    fn the_data_sheet_is_read_with_its_row_numbers_and_texts_to_the_letter() {
        let bytes = saved(|book| {
            book.add_worksheet().set_name("注記").unwrap().write_string(0, 0, "x").unwrap();
            let data = book.add_worksheet().set_name("データ").unwrap();
            data.write_string(0, 0, "code").unwrap().write_string(0, 1, "値").unwrap();
            data.write_string(2, 0, "022012").unwrap().write_string(2, 1, "=1\n 行 ").unwrap();
            data.write_number(3, 1, 12.5).unwrap();
        });
        let book = Book::read(&bytes, "a.xlsx").unwrap();
        assert_eq!((book.sheet(), book.formulas().count()), ("データ", 0));
        let mut faults = Faults::new("a.xlsx");
        let mut sheet = sheet::Sheet::of_cells(book.cells(), &mut faults).unwrap();
        assert_eq!(sheet.headings, ["code", "値"]);
        let row = sheet.next_row(&mut faults).unwrap();
        assert_eq!((row.line, row.cell(0), row.whole(1)), (3, "022012", "=1\n 行 "));
        let row = sheet.next_row(&mut faults).unwrap();
        assert_eq!((row.line, row.cell(0), row.cell(1)), (4, "", "12.5"));
        assert!(sheet.next_row(&mut faults).is_none() && faults.is_empty());
    }

    #[test]
    fn formulas_are_named_and_a_cell_far_out_costs_nothing() {
        let bytes = saved(|book| {
            let sheet = book.add_worksheet();
            sheet.write_string(0, 0, "code").unwrap().write_string(0, 1, "値").unwrap();
            sheet.write_formula(1, 1, Formula::new("=1+1").set_result("2")).unwrap();
            sheet.write_string(1_048_575, 16_383, "端").unwrap();
        });
        let book = Book::read(&bytes, "a.xlsx").unwrap();
        assert_eq!(book.formulas().collect::<Vec<_>>(), [(2, 1)]);
        let mut faults = Faults::new("a.xlsx");
        let mut sheet = sheet::Sheet::of_cells(book.cells(), &mut faults).unwrap();
        assert_eq!(sheet.next_row(&mut faults).unwrap().cell(1), "2");
        assert!(sheet.next_row(&mut faults).is_none());
        assert!(faults.to_string().starts_with("a.xlsx 1048576行目: 列の数が見出しと合いません"), "{faults}");
    }

    #[test]
    fn of_several_sheets_none_is_guessed() {
        let bytes = saved(|book| {
            for name in ["令和7年度", "令和8年度"] {
                book.add_worksheet().set_name(name).unwrap().write_string(0, 0, "code").unwrap();
            }
        });
        let said = Book::read(&bytes, "a.xlsx").err().unwrap();
        assert!(said.contains("2枚") && said.contains("令和7年度、令和8年度") && said.contains("データ"), "{said}");
    }

    #[test]
    fn what_is_no_workbook_says_what_it_is() {
        for (bytes, said) in [
            (&b"PK\x03\x04broken"[..], "壊れている"),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "古い形式のOfficeファイルです。CSVか"),
        ] {
            assert!(Book::read(bytes, "a.xlsx").err().unwrap().contains(said), "{said}");
        }
        assert!(
            Book::read(
                &saved(|book| {
                    book.add_worksheet();
                }),
                "a.xlsx"
            )
            .err()
            .unwrap()
            .contains("何も")
        );
    }
}
