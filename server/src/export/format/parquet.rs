//! Apache Parquet, without Arrow: columns of the crate's low-level writer, a row group at a time.

use std::collections::HashMap;
use std::io::{self, Write};
use std::ops::Range;
use std::sync::Arc;

use chrono::NaiveDate;
use parquet::basic::{Compression, ConvertedType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type;

use super::Export;
use crate::export::table::{Column, Kind, Value};

/// Rows held before they are written.
const GROUP: usize = 1 << 16;
/// Bytes of the different texts among them that are held at most.
const TEXTS: usize = 1 << 23;
/// Rows handed to the writer at a time.
const BATCH: usize = 1 << 10;

/// Writes the table; texts are UTF-8 strings, whole numbers 64-bit integers, other numbers doubles, dates dates, and
/// every column may be null. The manifest stands under the key `shirabe`.
pub fn write(export: &Export, rows: u64, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let columns = export.table.columns();
    let manifest = export.provenance.manifest(export.table.as_ref(), rows).to_string();
    let properties = WriterProperties::builder()
        .set_created_by(format!("shirabe {}", env!("CARGO_PKG_VERSION")))
        .set_compression(Compression::SNAPPY)
        .set_key_value_metadata(Some(vec![KeyValue::new("shirabe".to_owned(), manifest)]))
        .build();
    let fields: Result<Vec<_>, _> = columns.iter().map(|column| field(column).map(Arc::new)).collect();
    let schema = Type::group_type_builder("shirabe").with_fields(fields.map_err(failed)?).build().map_err(failed)?;
    let mut file = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties)).map_err(failed)?;
    let mut held: Vec<Held> = columns.iter().map(|column| Held::of(column.kind)).collect();
    let mut height = 0;
    export.table.rows(&mut |values| {
        for (column, value) in held.iter_mut().zip(values) {
            column.push(*value);
        }
        height += 1;
        if height == GROUP || held.iter().map(Held::text_bytes).sum::<usize>() >= TEXTS {
            flush(&mut file, &mut held)?;
            height = 0;
        }
        Ok(())
    })?;
    if height > 0 {
        flush(&mut file, &mut held)?;
    }
    file.close().map(drop).map_err(failed)
}

fn field(column: &Column) -> parquet::errors::Result<Type> {
    let (physical, converted) = match column.kind {
        Kind::Code | Kind::Text | Kind::FreeText => (Physical::BYTE_ARRAY, ConvertedType::UTF8),
        Kind::Integer => (Physical::INT64, ConvertedType::NONE),
        Kind::Decimal => (Physical::DOUBLE, ConvertedType::NONE),
        Kind::Date => (Physical::INT32, ConvertedType::DATE),
    };
    Type::primitive_type_builder(&column.name, physical)
        .with_repetition(Repetition::OPTIONAL)
        .with_converted_type(converted)
        .build()
}

/// Texts in their order, each different one held once.
#[derive(Default)]
struct Texts {
    places: HashMap<Box<str>, u32>,
    different: Vec<ByteArray>,
    bytes: usize,
    order: Vec<u32>,
}

impl Texts {
    fn push(&mut self, text: &str) {
        let place = self.places.get(text).copied().unwrap_or_else(|| {
            // No more than rows of a group.
            let place = u32::try_from(self.different.len()).unwrap_or(u32::MAX);
            self.places.insert(text.into(), place);
            self.different.push(ByteArray::from(text.as_bytes().to_vec()));
            self.bytes += text.len();
            place
        });
        self.order.push(place);
    }

    /// Some of them, which share their bytes with those held.
    fn some(&self, range: Range<usize>) -> Vec<ByteArray> {
        self.order[range].iter().map(|place| self.different[*place as usize].clone()).collect()
    }

    fn clear(&mut self) {
        self.places.clear();
        self.different.clear();
        self.bytes = 0;
        self.order.clear();
    }
}

/// A column of a row group that is not yet written: its values, and for each row whether there is one.
struct Held {
    values: Values,
    there: Vec<i16>,
}

enum Values {
    Texts(Texts),
    Integers(Vec<i64>),
    Decimals(Vec<f64>),
    Dates(Vec<i32>),
}

impl Held {
    fn of(kind: Kind) -> Self {
        let values = match kind {
            Kind::Code | Kind::Text | Kind::FreeText => Values::Texts(Texts::default()),
            Kind::Integer => Values::Integers(Vec::new()),
            Kind::Decimal => Values::Decimals(Vec::new()),
            Kind::Date => Values::Dates(Vec::new()),
        };
        Self { values, there: Vec::new() }
    }

    fn push(&mut self, value: Value<'_>) {
        let there = match (&mut self.values, value) {
            (Values::Texts(texts), Value::Text(text) | Value::Decimal(text)) => {
                texts.push(text);
                true
            }
            (Values::Integers(integers), Value::Integer(number)) => {
                integers.push(number);
                true
            }
            (Values::Integers(integers), Value::Decimal(digits)) => {
                digits.parse().map(|number| integers.push(number)).is_ok()
            }
            (Values::Decimals(decimals), Value::Decimal(digits)) => {
                digits.parse().map(|number| decimals.push(number)).is_ok()
            }
            (Values::Dates(dates), Value::Text(text)) => days(text).map(|day| dates.push(day)).is_some(),
            // A value of another kind than its column's does not occur: it would be a mistake of the dataset.
            (Values::Texts(_) | Values::Integers(_) | Values::Decimals(_) | Values::Dates(_), _) => false,
        };
        self.there.push(i16::from(there));
    }

    fn text_bytes(&self) -> usize {
        match &self.values {
            Values::Texts(texts) => texts.bytes,
            Values::Integers(_) | Values::Decimals(_) | Values::Dates(_) => 0,
        }
    }

    fn clear(&mut self) {
        self.there.clear();
        match &mut self.values {
            Values::Texts(values) => values.clear(),
            Values::Integers(values) => values.clear(),
            Values::Decimals(values) => values.clear(),
            Values::Dates(values) => values.clear(),
        }
    }
}

/// Days since 1970-01-01.
fn days(date: &str) -> Option<i32> {
    let date = NaiveDate::parse_from_str(date, "%Y-%m-%d").ok()?;
    i32::try_from(date.signed_duration_since(NaiveDate::default()).num_days()).ok()
}

fn flush<W: Write + Send>(file: &mut SerializedFileWriter<W>, held: &mut [Held]) -> io::Result<()> {
    let mut group = file.next_row_group().map_err(failed)?;
    for column in held.iter_mut() {
        match &column.values {
            Values::Texts(texts) => put::<ByteArrayType, _>(&mut group, &column.there, |range| texts.some(range)),
            Values::Integers(values) => put::<Int64Type, _>(&mut group, &column.there, |range| values[range].to_vec()),
            Values::Decimals(values) => put::<DoubleType, _>(&mut group, &column.there, |range| values[range].to_vec()),
            Values::Dates(values) => put::<Int32Type, _>(&mut group, &column.there, |range| values[range].to_vec()),
        }
        .map_err(failed)?;
        column.clear();
    }
    group.close().map(drop).map_err(failed)
}

fn put<T: DataType, W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    there: &[i16],
    some: impl Fn(Range<usize>) -> Vec<T::T>,
) -> parquet::errors::Result<()> {
    let Some(mut column) = group.next_column()? else {
        return Err(ParquetError::General("fewer columns than the schema".to_owned()));
    };
    let mut from = 0;
    for there in there.chunks(BATCH) {
        let to = from + there.iter().filter(|there| **there > 0).count();
        column.typed::<T>().write_batch(&some(from..to), Some(there), None)?;
        from = to;
    }
    column.close()
}

/// Keeps the error of whoever reads, so that a client that went away is no failure.
fn failed(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(inner) => match inner.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(other) => io::Error::other(other),
        },
        other => io::Error::other(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_held_once_however_often_it_stands_there() {
        let mut column = Held::of(Kind::Text);
        for text in ["甲", "", "乙", "甲"] {
            column.push(Value::text(text));
        }
        let Values::Texts(texts) = &column.values else { panic!("texts") };
        assert_eq!((texts.different.len(), column.text_bytes()), (2, 6));
        assert_eq!(column.there, [1, 0, 1, 1]);
        let (first, again) = (texts.some(0..1), texts.some(1..3));
        assert_eq!(again.iter().map(|text| text.as_utf8().unwrap()).collect::<Vec<_>>(), ["乙", "甲"]);
        assert_eq!(first[0].data().as_ptr(), again[1].data().as_ptr(), "the same bytes");
        column.clear();
        assert_eq!(column.text_bytes(), 0);
    }
}
