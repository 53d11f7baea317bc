//! An Excel workbook: data, columns, codes, notes; a table a sheet, one heading row, nothing merged, hidden or computed.

use std::io::{self, Read, Seek, Write};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::Export;
use crate::export::table::{Column, Held, HeldTable, Kind, Table, Value};

/// Rows below the heading of a worksheet.
pub const MOST_ROWS: u64 = 1_048_575;
/// Columns of a worksheet.
pub const MOST_COLUMNS: usize = 16_384;
/// UTF-16 code units of a cell.
pub const LONGEST: usize = 32_767;

/// Writes the workbook. Its rows go to a temporary file, which is passed on when it is whole: a zip archive's
/// directory stands at its end.
pub fn write(export: &Export, rows: u64, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let mut file = tempfile::tempfile()?;
    workbook(export, rows, &mut file)?;
    file.rewind()?;
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => return out.flush(),
            length => out.write_all(&buffer[..length])?,
        }
    }
}

/// Writes tables for people: a sheet each, headed by the columns' names in Japanese.
pub fn write_sheets(
    title: &str,
    sheets: &[(String, HeldTable)],
    written: &dyn Fn() -> io::Result<()>,
    out: &mut Vec<u8>,
) -> io::Result<()> {
    let mut book = begun(title)?;
    for (name, table) in sheets {
        fill(&mut book, name, table, |column| &column.label)?;
        written()?;
    }
    out.extend(book.save_to_buffer().map_err(failed)?);
    Ok(())
}

/// The row, counted from 1 below the heading, and the column of the first text that no cell holds.
pub fn too_long(table: &dyn Table) -> io::Result<Option<(u64, String)>> {
    let (mut row, mut found) = (0, None);
    table.rows(&mut |values| {
        row += 1;
        let long = |value: &Value<'_>| match value {
            // A character has at least as many bytes in UTF-8 as it has units in UTF-16.
            Value::Text(text) => text.len() > LONGEST && text.encode_utf16().count() > LONGEST,
            Value::Empty | Value::Integer(_) | Value::Decimal(_) => false,
        };
        if found.is_none()
            && let Some(place) = values.iter().position(long)
        {
            found = table.columns().get(place).map(|column| (row, column.name.clone()));
        }
        Ok(())
    })?;
    Ok(found)
}

fn workbook(export: &Export, rows: u64, file: &mut std::fs::File) -> io::Result<()> {
    let mut book = begun(&export.provenance.title)?;
    fill(&mut book, "データ", export.table.as_ref(), named)?;
    fill(&mut book, "項目", &columns(export.table.columns()), named)?;
    if let Some(codebook) = &export.codebook {
        fill(&mut book, "コード表", codebook.as_ref(), named)?;
    }
    fill(&mut book, "注記", &notes(export, rows), named)?;
    book.save_to_writer(file).map_err(failed)
}

fn begun(title: &str) -> io::Result<Workbook> {
    let mut book = Workbook::new();
    // A file's time of making would make two exports of one snapshot differ.
    let made = ExcelDateTime::from_ymd(2000, 1, 1).map_err(failed)?;
    book.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&made));
    Ok(book)
}

/// The heading that programs read.
fn named(column: &Column) -> &str {
    &column.name
}

fn fill(book: &mut Workbook, name: &str, table: &dyn Table, heading_of: fn(&Column) -> &str) -> io::Result<()> {
    let heading = Format::new().set_bold().set_num_format("@");
    let date = Format::new().set_num_format("yyyy-mm-dd");
    let sheet = book.add_worksheet_with_constant_memory().map_err(failed)?.set_name(name).map_err(failed)?;
    let kinds: Vec<Kind> = table.columns().iter().map(|column| column.kind).collect();
    for (place, column) in (0_u16..).zip(table.columns()) {
        sheet.set_column_width(place, width(column)).map_err(failed)?;
    }
    sheet.set_freeze_panes(1, 0).map_err(failed)?;
    for (place, column) in (0_u16..).zip(table.columns()) {
        sheet.write_string_with_format(0, place, heading_of(column), &heading).map_err(failed)?;
    }
    let mut line = 0;
    table.rows(&mut |values| {
        line += 1;
        for (place, (value, kind)) in (0_u16..).zip(values.iter().zip(&kinds)) {
            put(sheet, line, place, *value, *kind, &date).map_err(failed)?;
        }
        Ok(())
    })
}

/// A text is written as a text whatever it begins with, so that nothing runs; numbers and dates are what they are.
fn put(
    sheet: &mut Worksheet,
    line: u32,
    place: u16,
    value: Value<'_>,
    kind: Kind,
    date: &Format,
) -> Result<(), XlsxError> {
    match value {
        Value::Empty => {}
        Value::Text(text) => match Some(text).filter(|_| kind == Kind::Date).and_then(day) {
            Some(day) => {
                sheet.write_datetime_with_format(line, place, &day, date)?;
            }
            None => {
                sheet.write_string(line, place, text)?;
            }
        },
        #[expect(clippy::cast_precision_loss, reason = "a worksheet's numbers are doubles")]
        Value::Integer(number) => {
            sheet.write_number(line, place, number as f64)?;
        }
        Value::Decimal(digits) => match digits.parse::<f64>() {
            Ok(number) => {
                sheet.write_number(line, place, number)?;
            }
            Err(_) => {
                sheet.write_string(line, place, digits)?;
            }
        },
    }
    Ok(())
}

/// The day of a date, `YYYY-MM-DD`. Excel's calendar begins in 1900; the day before is taken for none of it.
pub fn day(text: &str) -> Option<ExcelDateTime> {
    (text >= "1900").then(|| ExcelDateTime::parse_from_str(text).ok()).flatten()
}

fn width(column: &Column) -> f64 {
    match column.kind {
        Kind::Code | Kind::Integer | Kind::Decimal | Kind::Date => 14.0,
        Kind::Text => 24.0,
        Kind::FreeText => 40.0,
    }
}

/// What each column holds, a row a column and code.
pub fn columns(described: &[Column]) -> HeldTable {
    let columns = vec![
        Column::new("column", "項目名", Kind::Code, "データの列の名前"),
        Column::new("label", "項目の名称", Kind::Text, "列の日本語の名称"),
        Column::new("type", "型", Kind::Code, "string（文字）、integer（整数）、number（数値）、date（日付）"),
        Column::new("unit", "単位", Kind::Text, "数値の単位"),
        Column::new("description", "説明", Kind::Text, "列の意味"),
        Column::new("code", "コード", Kind::Code, "列に入るコード"),
        Column::new("code_label", "コードの意味", Kind::Text, "コードの意味"),
    ];
    let row = |column: &Column, code: Option<&(String, String)>| {
        vec![
            Held::from(column.name.as_str()),
            Held::from(column.label.as_str()),
            Held::from(column.kind.name()),
            Held::from(column.unit.as_deref()),
            Held::from(column.description.as_str()),
            Held::from(code.map(|(code, _)| code.as_str())),
            Held::from(code.map(|(_, label)| label.as_str())),
        ]
    };
    let rows = described.iter().flat_map(|column| {
        let coded: Vec<_> = column.codes.iter().map(|code| row(column, Some(code))).collect();
        if coded.is_empty() { vec![row(column, None)] } else { coded }
    });
    HeldTable::new(columns, rows.collect())
}

fn notes(export: &Export, rows: u64) -> HeldTable {
    let columns = vec![
        Column::new("item", "項目", Kind::Text, "何についてか"),
        Column::new("content", "内容", Kind::Text, "内容"),
    ];
    let lines = export.provenance.lines(rows, export.table.columns().len());
    HeldTable::new(columns, lines.into_iter().map(|(what, text)| vec![Held::from(what), Held::from(text)]).collect())
}

fn failed(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => error,
        other => io::Error::other(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::book::Book;

    #[test]
    fn a_date_before_excels_calendar_is_a_text() {
        let columns = vec![Column::new("day", "日付", Kind::Date, "")];
        let days = ["1868-10-23", "1899-12-31", "2026-04-01", "9999-12-31"];
        let table = HeldTable::new(columns, days.iter().map(|day| vec![Held::from(*day)]).collect());
        let mut bytes = Vec::new();
        write_sheets("日付", &[("データ".to_owned(), table)], &|| Ok(()), &mut bytes).unwrap();
        let book = Book::read(&bytes, "a.xlsx").unwrap();
        let mut cells = book.cells();
        let mut read = Vec::new();
        while let Some((_, row)) = cells.next_row() {
            read.extend(row.iter().map(str::to_owned));
        }
        assert_eq!(read[1..], days);
    }
}
