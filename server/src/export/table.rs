//! A table to be written: columns that say what they hold, and rows handed over one at a time.

use std::io;

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A code: the product's own, or a name that the questionnaire gives to a choice or a concept. Such a name may be
    /// anything without spaces, so files of lines escape it like a text.
    Code,
    /// The product's own words.
    Text,
    /// What somebody typed, kept to the letter (exempt from rule L1-08).
    FreeText,
    /// A whole number.
    Integer,
    /// A decimal number.
    Decimal,
    /// A date, `YYYY-MM-DD`.
    Date,
}

impl Kind {
    /// The type's name in manifests: one of those of Frictionless Table Schema.
    pub fn name(self) -> &'static str {
        match self {
            Self::Code | Self::Text | Self::FreeText => "string",
            Self::Integer => "integer",
            Self::Decimal => "number",
            Self::Date => "date",
        }
    }

    /// Whether it holds words or codes.
    pub fn is_text(self) -> bool {
        matches!(self, Self::Code | Self::Text | Self::FreeText)
    }
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name in files: ASCII letters, digits and underscores, unique in the table (rule L3-08).
    pub name: String,
    /// Its name in Japanese.
    pub label: String,
    /// What stands in it.
    pub kind: Kind,
    /// Unit of its numbers.
    pub unit: Option<String>,
    /// What it means.
    pub description: String,
    /// The codes that may stand in it, each with its meaning; empty where they are not listed.
    pub codes: Vec<(String, String)>,
}

impl Column {
    /// A column without unit and codes.
    pub fn new(name: impl Into<String>, label: impl Into<String>, kind: Kind, description: impl Into<String>) -> Self {
        let (name, label, description) = (name.into(), label.into(), description.into());
        Self { name, label, kind, unit: None, description, codes: Vec::new() }
    }

    /// The same with its codes.
    #[must_use]
    pub fn coded<'c>(mut self, codes: impl IntoIterator<Item = (&'c str, &'c str)>) -> Self {
        self.codes = codes.into_iter().map(|(code, meaning)| (code.to_owned(), meaning.to_owned())).collect();
        self
    }

    /// The same with the unit of its numbers.
    #[must_use]
    pub fn in_unit(mut self, unit: Option<&str>) -> Self {
        self.unit = unit.map(str::to_owned);
        self
    }
}

/// What stands in one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value<'a> {
    /// Nothing.
    Empty,
    /// A code, words, or a date as `YYYY-MM-DD`.
    Text(&'a str),
    /// A whole number.
    Integer(i64),
    /// A decimal number, exactly as its digits.
    Decimal(&'a str),
}

impl<'a> Value<'a> {
    /// A text; an empty one is nothing.
    pub fn text(text: &'a str) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    /// A count, where there is one.
    pub fn count(count: Option<u32>) -> Self {
        count.map_or(Self::Empty, |count| Self::Integer(i64::from(count)))
    }
}

/// Takes the rows of a table, each as wide as its columns. An error ends the writing.
pub type Sink<'s> = dyn FnMut(&[Value<'_>]) -> io::Result<()> + 's;

/// Writes some values of a row down, behind what is written already.
pub type Encode<'e> = dyn Fn(&[Value<'_>], &mut Vec<u8>) + 'e;

/// Takes the rows of a table as they are written down: all parts of a row, in their order.
pub type EncodedSink<'s> = dyn FnMut(&[&[u8]]) -> io::Result<()> + 's;

/// A table. Its rows are handed over one at a time, as often as asked, always the same ones in the same order.
pub trait Table: Send + Sync {
    /// Its columns.
    fn columns(&self) -> &[Column];

    /// Hands every row to the sink.
    fn rows(&self, sink: &mut Sink<'_>) -> io::Result<()>;

    /// Hands every row to the sink written down by `encode`. Whoever knows what stands in many rows writes it once.
    fn encoded_rows(&self, encode: &Encode<'_>, sink: &mut EncodedSink<'_>) -> io::Result<()> {
        let mut row = Vec::new();
        self.rows(&mut |values| {
            row.clear();
            encode(values, &mut row);
            sink(&[&row])
        })
    }

    /// How many rows there are.
    fn row_count(&self) -> io::Result<u64> {
        let mut count = 0;
        self.rows(&mut |_| {
            count += 1;
            Ok(())
        })?;
        Ok(count)
    }

    /// Whether all its rows are in memory: few, and those of one moment.
    fn is_held(&self) -> bool {
        false
    }
}

/// A table that asks before every row whether to go on; an error ends it.
pub struct Watched<F> {
    table: Box<dyn Table>,
    go_on: F,
}

impl<F: Fn() -> io::Result<()> + Send + Sync> Watched<F> {
    /// That table, as long as `go_on` agrees.
    pub fn new(table: Box<dyn Table>, go_on: F) -> Self {
        Self { table, go_on }
    }
}

impl<F: Fn() -> io::Result<()> + Send + Sync> Table for Watched<F> {
    fn columns(&self) -> &[Column] {
        self.table.columns()
    }

    fn rows(&self, sink: &mut Sink<'_>) -> io::Result<()> {
        self.table.rows(&mut |values| {
            (self.go_on)()?;
            sink(values)
        })
    }

    fn encoded_rows(&self, encode: &Encode<'_>, sink: &mut EncodedSink<'_>) -> io::Result<()> {
        self.table.encoded_rows(encode, &mut |parts| {
            (self.go_on)()?;
            sink(parts)
        })
    }

    fn row_count(&self) -> io::Result<u64> {
        (self.go_on)()?;
        let count = self.table.row_count()?;
        (self.go_on)()?;
        Ok(count)
    }

    fn is_held(&self) -> bool {
        self.table.is_held()
    }
}

/// A value of a table that is held in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Held {
    /// Nothing.
    Empty,
    /// See [`Value::Text`].
    Text(String),
    /// See [`Value::Integer`].
    Integer(i64),
    /// See [`Value::Decimal`].
    Decimal(String),
}

impl Held {
    /// The same, borrowed.
    pub fn value(&self) -> Value<'_> {
        match self {
            Self::Empty => Value::Empty,
            Self::Text(text) => Value::text(text),
            Self::Integer(number) => Value::Integer(*number),
            Self::Decimal(digits) => Value::Decimal(digits),
        }
    }
}

impl From<Value<'_>> for Held {
    fn from(value: Value<'_>) -> Self {
        match value {
            Value::Empty => Self::Empty,
            Value::Text(text) => Self::Text(text.to_owned()),
            Value::Integer(number) => Self::Integer(number),
            Value::Decimal(digits) => Self::Decimal(digits.to_owned()),
        }
    }
}

impl From<&str> for Held {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Held {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<u32> for Held {
    fn from(count: u32) -> Self {
        Self::Integer(i64::from(count))
    }
}

impl<T: Into<Self>> From<Option<T>> for Held {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

/// A small table held in memory: registers, ledgers, codebooks, figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldTable {
    columns: Vec<Column>,
    rows: Vec<Vec<Held>>,
}

impl HeldTable {
    /// A table of those rows; each must be as wide as the columns.
    pub fn new(columns: Vec<Column>, rows: Vec<Vec<Held>>) -> Self {
        debug_assert!(rows.iter().all(|row| row.len() == columns.len()), "a ragged row");
        Self { columns, rows }
    }

    /// A small table, held.
    pub fn of(table: &dyn Table) -> io::Result<Self> {
        let mut rows = Vec::new();
        table.rows(&mut |values| {
            rows.push(values.iter().map(|value| Held::from(*value)).collect());
            Ok(())
        })?;
        Ok(Self::new(table.columns().to_vec(), rows))
    }
}

impl Table for HeldTable {
    fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn rows(&self, sink: &mut Sink<'_>) -> io::Result<()> {
        for row in &self.rows {
            let values: Vec<Value<'_>> = row.iter().map(Held::value).collect();
            sink(&values)?;
        }
        Ok(())
    }

    fn row_count(&self) -> io::Result<u64> {
        Ok(self.rows.len() as u64)
    }

    fn is_held(&self) -> bool {
        true
    }
}
