//! Apache Parquet, without Arrow: columns of the crate's low-level writer, a row group at a time.

use std::io::{self, Write};
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
        if height == GROUP {
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

/// A column of a row group that is not yet written: its values, and for each row whether there is one.
struct Held {
    values: Values,
    there: Vec<i16>,
}

enum Values {
    Texts(Vec<ByteArray>),
    Integers(Vec<i64>),
    Decimals(Vec<f64>),
    Dates(Vec<i32>),
}

impl Held {
    fn of(kind: Kind) -> Self {
        let values = match kind {
            Kind::Code | Kind::Text | Kind::FreeText => Values::Texts(Vec::new()),
            Kind::Integer => Values::Integers(Vec::new()),
            Kind::Decimal => Values::Decimals(Vec::new()),
            Kind::Date => Values::Dates(Vec::new()),
        };
        Self { values, there: Vec::new() }
    }

    fn push(&mut self, value: Value<'_>) {
        let there = match (&mut self.values, value) {
            (Values::Texts(texts), Value::Text(text)) => {
                texts.push(ByteArray::from(text.as_bytes().to_vec()));
                true
            }
            (Values::Texts(texts), Value::Decimal(digits)) => {
                texts.push(ByteArray::from(digits.as_bytes().to_vec()));
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
            Values::Texts(values) => put::<ByteArrayType, _>(&mut group, values, &column.there),
            Values::Integers(values) => put::<Int64Type, _>(&mut group, values, &column.there),
            Values::Decimals(values) => put::<DoubleType, _>(&mut group, values, &column.there),
            Values::Dates(values) => put::<Int32Type, _>(&mut group, values, &column.there),
        }
        .map_err(failed)?;
        column.clear();
    }
    group.close().map(drop).map_err(failed)
}

fn put<T: DataType, W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    values: &[T::T],
    there: &[i16],
) -> parquet::errors::Result<()> {
    let Some(mut column) = group.next_column()? else {
        return Err(ParquetError::General("fewer columns than the schema".to_owned()));
    };
    column.typed::<T>().write_batch(values, Some(there), None)?;
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
