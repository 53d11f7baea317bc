//! In which form a table can be had.
//!
//! - [`csv`]: lines, in UTF-8 or CP932 ([`cp932`])
//! - [`xlsx`]: a workbook with the data, their columns, the questions' codes and notes
//! - [`json`]: one document, or a line a row
//! - [`parquet`]: typed and compressed columns
//! - [`package`]: a Frictionless Data Package
//! - [`manifest`]: what is known of a file, beside it
//!
//! SPSS `.sav` is left out: the crate found that writes it (ambers 0.4.6) takes the whole table as one record batch of
//! Arrow, with its foreign function interface, and writes the time of making. SPSS opens the CSV and the workbook.

pub mod cp932;
pub mod csv;
pub mod json;
pub mod manifest;
pub mod package;
pub mod parquet;
pub mod xlsx;

use std::io::{self, Write};

use sha2::{Digest, Sha256};

use self::cp932::Unmappable;
use super::provenance::Provenance;
use super::table::Table;

/// A form of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Comma-separated values.
    Csv,
    /// Excel workbook.
    Xlsx,
    /// One JSON document.
    Json,
    /// A JSON object a line.
    Ndjson,
    /// Apache Parquet.
    Parquet,
    /// Frictionless Data Package.
    Package,
}

impl Format {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 6] = [Self::Csv, Self::Xlsx, Self::Json, Self::Ndjson, Self::Parquet, Self::Package];

    /// Its name, as people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Csv => "CSV",
            Self::Xlsx => "Excel",
            Self::Json => "JSON",
            Self::Ndjson => "NDJSON",
            Self::Parquet => "Parquet",
            Self::Package => "一式（zip）",
        }
    }

    /// What it is, in a line or two.
    pub fn explanation(self) -> &'static str {
        match self {
            Self::Csv => {
                "表計算ソフトでそのまま開けます。文字コードはUTF-8（BOM付き）です。BOMなしとCP932（Shift_JIS）は、期間のリンクの先の画面か「大きなファイルを作る」で選べます。"
            }
            Self::Xlsx => "データ、項目の説明、コード表、注記のシートがあります。数値と日付は数値と日付のままです。",
            Self::Json => "項目の説明と出どころを含む、1つの文書です。",
            Self::Ndjson => "1行に1つのJSONがあります。大きなデータを少しずつ読むときに使います。",
            Self::Parquet => "列ごとに圧縮した形式です。R、Python、DuckDB、BIツールで速く読めます。",
            Self::Package => {
                "CSV、項目の説明、コード表、利用条件、ハッシュ値をまとめたものです（Frictionless Data Package）。"
            }
        }
    }

    /// The end of its files' names, and its name in options.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Json => "json",
            Self::Ndjson => "ndjson",
            Self::Parquet => "parquet",
            Self::Package => "zip",
        }
    }

    /// The form of files whose names end so.
    pub fn of_extension(extension: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.extension() == extension)
    }

    /// Its media type.
    pub fn media_type(self, encoding: Encoding) -> &'static str {
        match self {
            Self::Csv if encoding == Encoding::Cp932 => "text/csv; charset=shift_jis",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Json => "application/json",
            Self::Ndjson => "application/x-ndjson",
            Self::Parquet => "application/vnd.apache.parquet",
            Self::Package => "application/zip",
        }
    }
}

/// The characters of a CSV file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// UTF-8 with a byte order mark: spreadsheets recognise it.
    #[default]
    Utf8Bom,
    /// UTF-8 without.
    Utf8,
    /// CP932 (Windows-31J, widely called `Shift_JIS`).
    Cp932,
}

impl Encoding {
    /// All.
    pub const ALL: [Self; 3] = [Self::Utf8Bom, Self::Utf8, Self::Cp932];

    /// Its name in options.
    pub fn code(self) -> &'static str {
        match self {
            Self::Utf8Bom => "utf-8-bom",
            Self::Utf8 => "utf-8",
            Self::Cp932 => "cp932",
        }
    }

    /// The encoding of that name.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|encoding| encoding.code() == code)
    }

    /// Its name, as people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Utf8Bom => "UTF-8（BOM付き）",
            Self::Utf8 => "UTF-8（BOMなし）",
            Self::Cp932 => "CP932（Shift_JIS）",
        }
    }
}

/// What becomes of a character that CP932 does not have.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum OnUnmappable {
    /// There is no file, but a report of the characters.
    #[default]
    Error,
    /// It is replaced as [`cp932::replacement`] says, and reported.
    Replace,
}

impl OnUnmappable {
    /// Its name in options.
    pub fn code(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Replace => "replace",
        }
    }

    /// The choice of that name.
    pub fn of_code(code: &str) -> Option<Self> {
        [Self::Error, Self::Replace].into_iter().find(|choice| choice.code() == code)
    }
}

/// A form with its options.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Form {
    /// Which.
    pub format: Format,
    /// Of CSV only.
    pub encoding: Encoding,
    /// Of CP932 only.
    pub on_unmappable: OnUnmappable,
}

impl From<Format> for Form {
    fn from(format: Format) -> Self {
        Self { format, encoding: Encoding::default(), on_unmappable: OnUnmappable::default() }
    }
}

/// A table on its way out.
pub struct Export {
    /// The data.
    pub table: Box<dyn Table>,
    /// Where they come from.
    pub provenance: Provenance,
    /// The questions and codes behind them, where the columns do not say all.
    pub codebook: Option<Box<dyn Table>>,
    /// SHA-256 of all that its rows follow from, where that is published and fixed: the same gives the same bytes.
    pub basis: Option<String>,
    /// It joins rounds that can be had one by one.
    pub joins_years: bool,
}

/// Why a form cannot carry a table. The text is shown.
#[derive(Debug, thiserror::Error)]
pub enum CannotWrite {
    /// Characters that CP932 does not have.
    #[error("{}", cp932::refusal(.0))]
    Unmappable(Vec<Unmappable>),
    /// More rows than a worksheet holds.
    #[error(
        "{rows}行あり、Excelのワークシートに収まりません（{}行まで）。CSV、NDJSON、Parquetのどれかを{instead}ください。",
        xlsx::MOST_ROWS
    )]
    TooManyRows {
        /// How many.
        rows: u64,
        /// What to do: 「使うか、1年度ずつダウンロードして」 where there are files of single years.
        instead: &'static str,
    },
    /// More columns than a worksheet holds.
    #[error(
        "{columns}列あり、Excelのワークシートに収まりません（{}列まで）。CSV、NDJSON、Parquetのどれかを使ってください。",
        xlsx::MOST_COLUMNS
    )]
    TooManyColumns {
        /// How many.
        columns: usize,
    },
    /// A text that is longer than a worksheet's cell holds.
    #[error(
        "{row}行目の{column}の文字数が、Excelのセルの上限（{}文字）を超えています。CSV、NDJSON、Parquetのどれかを使ってください。",
        xlsx::LONGEST
    )]
    TooLong {
        /// The row, counted from 1 below the heading.
        row: u64,
        /// The column's name.
        column: String,
    },
    /// The table could not be read.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// What is known before writing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// Rows without the heading.
    pub rows: u64,
    /// The characters that are replaced.
    pub replaced: Vec<Unmappable>,
}

impl Export {
    /// Finds out whether the form can carry the table, before the first byte is written.
    pub fn check(&self, form: Form) -> Result<Checked, CannotWrite> {
        let rows = self.table.row_count()?;
        let mut replaced = Vec::new();
        match form.format {
            Format::Csv if form.encoding == Encoding::Cp932 => {
                replaced = cp932::unmappable(self.table.as_ref())?;
                if form.on_unmappable == OnUnmappable::Error && !replaced.is_empty() {
                    return Err(CannotWrite::Unmappable(replaced));
                }
            }
            Format::Xlsx if rows > xlsx::MOST_ROWS => {
                let instead =
                    if self.joins_years { "使うか、1年度ずつダウンロードして" } else { "使って" };
                return Err(CannotWrite::TooManyRows { rows, instead });
            }
            Format::Xlsx if self.table.columns().len() > xlsx::MOST_COLUMNS => {
                return Err(CannotWrite::TooManyColumns { columns: self.table.columns().len() });
            }
            Format::Xlsx => {
                if let Some((row, column)) = xlsx::too_long(self.table.as_ref())? {
                    return Err(CannotWrite::TooLong { row, column });
                }
            }
            Format::Csv | Format::Json | Format::Ndjson | Format::Parquet | Format::Package => {}
        }
        Ok(Checked { rows, replaced })
    }

    /// Writes the table, as far as `out` takes it. The same table and form give the same bytes.
    pub fn write(&self, form: Form, rows: u64, out: &mut (dyn Write + Send)) -> io::Result<()> {
        match form.format {
            Format::Csv => csv::write(self.table.as_ref(), form.encoding, out),
            Format::Xlsx => xlsx::write(self, rows, out),
            Format::Json => json::write(self, rows, out),
            Format::Ndjson => json::write_lines(self.table.as_ref(), out),
            Format::Parquet => parquet::write(self, rows, out),
            Format::Package => package::write(self, rows, out),
        }
    }
}

/// Counts and hashes what passes through it.
pub struct Hashing<W> {
    out: W,
    hash: Sha256,
    bytes: u64,
}

impl<W: Write> Hashing<W> {
    /// In front of `out`.
    pub fn new(out: W) -> Self {
        Self { out, hash: Sha256::new(), bytes: 0 }
    }

    /// How many bytes, and their SHA-256 in hexadecimal.
    pub fn finish(self) -> (u64, String) {
        (self.bytes, crate::service::answering::hex(&self.hash.finalize()))
    }
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let written = self.out.write(buffer)?;
        self.hash.update(&buffer[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// An export to try things on.
#[cfg(test)]
pub mod samples {
    use shared::visibility::Visibility;

    use super::*;

    /// An export of that table, of no round.
    pub fn export(table: impl Table + 'static) -> Export {
        Export {
            table: Box::new(table),
            provenance: Provenance {
                dataset: "rows",
                title: String::new(),
                description: String::new(),
                audience: Visibility::Public,
                rounds: Vec::new(),
                updated: None,
                demonstration: false,
                notes: Vec::new(),
            },
            codebook: None,
            basis: None,
            joins_years: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::samples::export;
    use super::*;
    use crate::export::table::{Column, Held, HeldTable, Kind, Sink, Value};

    #[test]
    fn what_a_workbook_cannot_hold_is_found_before_it_is_written() {
        let table = |texts: &[String]| {
            let columns = vec![Column::new("a", "甲", Kind::Text, ""), Column::new("b", "乙", Kind::FreeText, "")];
            let rows = texts.iter().map(|text| vec![Held::from("甲"), Held::from(text.as_str())]);
            export(HeldTable::new(columns, rows.collect()))
        };
        // Two units each.
        let longest = format!("{}あ", "𠮷".repeat(xlsx::LONGEST / 2));
        let (longer, form) = (format!("{longest}い"), Form::from(Format::Xlsx));
        let held = table(std::slice::from_ref(&longest));
        held.write(form, held.check(form).unwrap().rows, &mut Vec::new()).unwrap();
        let held = table(&[longest, longer.clone(), longer]);
        let refused = held.check(form).unwrap_err();
        assert!(matches!(&refused, CannotWrite::TooLong { row: 2, column } if column == "b"), "{refused}");
        assert!(refused.to_string().contains("2行目のb"), "{refused}");
        held.check(Form::from(Format::Csv)).unwrap();
    }

    /// So many rows that none is ever made.
    struct Many(Vec<Column>);

    impl Table for Many {
        fn columns(&self) -> &[Column] {
            &self.0
        }

        fn rows(&self, sink: &mut Sink<'_>) -> io::Result<()> {
            sink(&[Value::Empty])
        }

        fn row_count(&self) -> io::Result<u64> {
            Ok(xlsx::MOST_ROWS + 1)
        }
    }

    #[test]
    fn only_what_there_is_is_advised() {
        for joins_years in [true, false] {
            let many = Export { joins_years, ..export(Many(vec![Column::new("a", "甲", Kind::Text, "")])) };
            let refused = many.check(Form::from(Format::Xlsx)).unwrap_err().to_string();
            assert_eq!(refused.contains("1年度ずつ"), joins_years, "{refused}");
            assert!(refused.ends_with("ください。"), "{refused}");
        }
    }
}
