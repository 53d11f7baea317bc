//! CSV: a heading, CRLF, quotes where needed, one line a row.

use std::io::{self, Write};

use super::Encoding;
use super::cp932;
use crate::export::table::{Table, Value};
use crate::export::text::escaped;

/// Bytes gathered before they are passed on.
const BUFFER: usize = 1 << 16;

/// Writes the table. Characters that CP932 does not have are replaced ([`cp932::replacement`]): who does not want that
/// looks for them first ([`cp932::unmappable`]).
pub fn write(table: &dyn Table, encoding: Encoding, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let fields = Fields { encoding, csv: csv_core::Writer::new() };
    let mut lines = Vec::with_capacity(BUFFER);
    if encoding == Encoding::Utf8Bom {
        lines.extend_from_slice("\u{feff}".as_bytes());
    }
    for column in table.columns() {
        fields.push(column.name.as_bytes(), &mut lines);
    }
    end_line(&mut lines);
    table.encoded_rows(&|values, line| fields.write(values, line), &mut |parts| {
        for part in parts {
            lines.extend_from_slice(part);
        }
        end_line(&mut lines);
        if lines.len() >= BUFFER {
            out.write_all(&lines)?;
            lines.clear();
        }
        Ok(())
    })?;
    out.write_all(&lines)?;
    out.flush()
}

/// What stands behind the last field is no comma.
fn end_line(line: &mut Vec<u8>) {
    line.pop();
    line.extend_from_slice(b"\r\n");
}

/// How values become fields, each with a comma behind it.
struct Fields {
    encoding: Encoding,
    csv: csv_core::Writer,
}

impl Fields {
    fn write(&self, values: &[Value<'_>], line: &mut Vec<u8>) {
        for value in values {
            match value {
                Value::Empty => self.push(b"", line),
                Value::Integer(number) => self.push(itoa::Buffer::new().format(*number).as_bytes(), line),
                Value::Decimal(digits) => self.push(digits.as_bytes(), line),
                Value::Text(text) if self.encoding == Encoding::Cp932 => self.push(&cp932::encoded(text), line),
                Value::Text(text) => self.push(escaped(text).as_bytes(), line),
            }
        }
    }

    fn push(&self, field: &[u8], line: &mut Vec<u8>) {
        if self.csv.should_quote(field) {
            line.push(b'"');
            for piece in field.split_inclusive(|byte| *byte == b'"') {
                line.extend_from_slice(piece);
                if piece.ends_with(b"\"") {
                    line.push(b'"');
                }
            }
            line.push(b'"');
        } else {
            line.extend_from_slice(field);
        }
        line.push(b',');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::table::{Column, Held, HeldTable, Kind};

    #[test]
    fn numbers_stay_numbers_and_texts_stay_in_their_line() {
        let columns = vec![
            Column::new("n", "数", Kind::Integer, ""),
            Column::new("d", "小数", Kind::Decimal, ""),
            Column::new("t", "文", Kind::FreeText, ""),
        ];
        let row = |n, d: &str, t: &str| vec![Held::Integer(n), Held::Decimal(d.to_owned()), Held::from(t)];
        let table = HeldTable::new(columns, vec![row(-5, "-0.5", "-5"), row(i64::MIN, "1", "甲,\"乙\"\r\n丙")]);
        let mut bytes = Vec::new();
        write(&table, Encoding::Utf8Bom, &mut bytes).unwrap();
        let expected = "\u{feff}n,d,t\r\n-5,-0.5,'-5\r\n-9223372036854775808,1,\"甲,\"\"乙\"\"\\n丙\"\r\n";
        assert_eq!(String::from_utf8(bytes).unwrap(), expected);
    }

    #[test]
    fn an_ordinary_reader_reads_what_was_written() {
        let columns = vec![Column::new("a", "甲", Kind::Text, ""), Column::new("b", "乙", Kind::Text, "")];
        let texts = ["", "\"", "\"\"", "甲\"乙", "\"甲\"", "甲,乙", ",", "甲", " "];
        let rows = texts.iter().flat_map(|a| texts.iter().map(|b| vec![Held::from(*a), Held::from(*b)]));
        let table = HeldTable::new(columns, rows.collect());
        let mut bytes = Vec::new();
        write(&table, Encoding::Utf8, &mut bytes).unwrap();
        let mut read = csv::Reader::from_reader(bytes.as_slice());
        let read: Vec<(String, String)> = read.deserialize().map(Result::unwrap).collect();
        let written = texts.iter().flat_map(|a| texts.iter().map(|b| ((*a).to_owned(), (*b).to_owned())));
        assert_eq!(read, written.collect::<Vec<_>>());
    }

    #[test]
    fn a_code_is_a_text_like_any_other() {
        let columns = vec![Column::new("choice", "選択肢", Kind::Code, "")];
        let table = HeldTable::new(columns, vec![vec![Held::from("=窓口")], vec![Held::from("〜1")]]);
        let written = |encoding| {
            let mut bytes = Vec::new();
            write(&table, encoding, &mut bytes).unwrap();
            bytes
        };
        assert_eq!(String::from_utf8(written(Encoding::Utf8Bom)).unwrap(), "\u{feff}choice\r\n'=窓口\r\n〜1\r\n");
        let cp932 = written(Encoding::Cp932);
        let (text, _, lost) = encoding_rs::SHIFT_JIS.decode(&cp932);
        assert_eq!((text.as_ref(), lost), ("choice\r\n'=窓口\r\n～1\r\n", false));
    }
}
