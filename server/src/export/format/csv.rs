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
pub fn write(table: &dyn Table, encoding: Encoding, mut out: &mut (dyn Write + Send)) -> io::Result<()> {
    if encoding == Encoding::Utf8Bom {
        out.write_all("\u{feff}".as_bytes())?;
    }
    let mut csv =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).buffer_capacity(BUFFER).from_writer(&mut out);
    csv.write_record(table.columns().iter().map(|column| &column.name)).map_err(failed)?;
    // Whole records pass through the writer faster than field by field.
    let mut record = csv::ByteRecord::new();
    table.rows(&mut |values| {
        record.clear();
        for value in values {
            match value {
                Value::Empty => record.push_field(b""),
                Value::Integer(number) => record.push_field(Digits::of(*number).as_bytes()),
                Value::Decimal(digits) => record.push_field(digits.as_bytes()),
                Value::Text(text) if encoding == Encoding::Cp932 => record.push_field(&cp932::encoded(text)),
                Value::Text(text) => record.push_field(escaped(text).as_bytes()),
            }
        }
        csv.write_byte_record(&record).map_err(failed)
    })?;
    csv.flush()
}

/// Keeps the error of whoever takes the lines.
fn failed(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// A whole number's digits, without memory of its own.
struct Digits {
    bytes: [u8; 20],
    from: usize,
}

impl Digits {
    fn of(number: i64) -> Self {
        let mut digits = Self { bytes: [b'0'; 20], from: 20 };
        let mut rest = number.unsigned_abs();
        loop {
            digits.from -= 1;
            digits.bytes[digits.from] = b'0' + u8::try_from(rest % 10).unwrap_or(0);
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        if number < 0 {
            digits.from -= 1;
            digits.bytes[digits.from] = b'-';
        }
        digits
    }

    fn as_bytes(&self) -> &[u8] {
        &self.bytes[self.from..]
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
