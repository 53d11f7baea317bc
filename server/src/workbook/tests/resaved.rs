//! A workbook as other hands leave it: read by another reader, changed, and written with its bare cells only, without
//! styles, protection, drop-downs or names, as the harshest gateway does.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

/// A cell: what it holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Empty,
    Text(String),
    Number(f64),
    Date(f64),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

/// A workbook in other hands.
#[derive(Debug, Clone)]
pub struct Resaved {
    pub sheets: Vec<(String, Vec<Vec<Cell>>)>,
}

impl Resaved {
    /// Opens a workbook.
    pub fn open(bytes: &[u8]) -> Self {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
        let cell = |data: &Data| match data {
            Data::Empty => Cell::Empty,
            Data::String(text) => Cell::Text(text.clone()),
            Data::Float(number) => Cell::Number(*number),
            Data::DateTime(moment) => Cell::Date(moment.as_f64()),
            other => panic!("{other:?}"),
        };
        let sheets = book.sheet_names().into_iter().map(|name| {
            let range = book.worksheet_range(&name).unwrap();
            let rows = range.rows().map(|row| row.iter().map(cell).collect()).collect();
            (name, rows)
        });
        Self { sheets: sheets.collect() }
    }

    /// The rows of the answer sheet.
    pub fn rows(&mut self) -> &mut Vec<Vec<Cell>> {
        &mut self.sheets[0].1
    }

    /// Place of a heading in the third row.
    pub fn column(&self, heading: &str) -> usize {
        let row = &self.sheets[0].1[2];
        row.iter().position(|cell| *cell == heading.into()).unwrap_or_else(|| panic!("{heading}: {row:?}"))
    }

    /// The row of a number such as 「体-2［a］」.
    pub fn row(&self, number: &str) -> usize {
        let column = self.column("番号");
        let rows = &self.sheets[0].1;
        rows.iter().position(|row| row[column] == number.into()).unwrap_or_else(|| panic!("{number}"))
    }

    /// Fills the answer cell of that number.
    pub fn set(&mut self, number: &str, cell: impl Into<Cell>) {
        let (row, column) = (self.row(number), self.column("回答"));
        self.rows()[row][column] = cell.into();
    }

    /// Empties a whole column, heading included.
    pub fn without_column(&mut self, heading: &str) {
        let column = self.column(heading);
        for row in self.rows().iter_mut().skip(2) {
            row[column] = Cell::Empty;
        }
    }

    /// Takes out a sheet.
    pub fn without_sheet(&mut self, name: &str) {
        self.sheets.retain(|(sheet, _)| sheet != name);
    }

    /// Replaces a text wherever it stands as a whole cell.
    pub fn replace(&mut self, change: impl Fn(&str) -> Option<String>) {
        for cell in self.sheets.iter_mut().flat_map(|(_, rows)| rows).flatten() {
            if let Cell::Text(text) = cell
                && let Some(other) = change(text)
            {
                *text = other;
            }
        }
    }

    /// Saves it.
    pub fn save(&self) -> Vec<u8> {
        let mut book = Workbook::new();
        let date = Format::new().set_num_format("yyyy/m/d");
        for (name, rows) in &self.sheets {
            let sheet = book.add_worksheet().set_name(name).unwrap();
            let cells =
                (0_u32..).zip(rows).flat_map(|(row, cells)| (0_u16..).zip(cells).map(move |(c, cell)| (row, c, cell)));
            for (row, column, cell) in cells {
                match cell {
                    Cell::Empty => continue,
                    Cell::Text(text) => sheet.write_string(row, column, text).unwrap(),
                    Cell::Number(number) => sheet.write_number(row, column, *number).unwrap(),
                    Cell::Date(serial) => {
                        let day = ExcelDateTime::from_serial_datetime(*serial).unwrap();
                        sheet.write_datetime_with_format(row, column, day, &date).unwrap()
                    }
                };
            }
        }
        book.save_to_buffer().unwrap()
    }
}

/// The parts of a workbook's archive by name.
pub fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names: Vec<String> = archive.file_names().map(str::to_owned).collect();
    let part = |name: String| {
        let mut text = String::new();
        std::io::Read::read_to_string(&mut archive.by_name(&name).unwrap(), &mut text).unwrap();
        (name, text)
    };
    names.into_iter().map(part).collect()
}

/// An archive of these parts.
pub fn packed<'p>(parts: impl IntoIterator<Item = (&'p str, &'p [u8])>) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in parts {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut archive, part).unwrap();
    }
    archive.finish().unwrap().into_inner()
}
