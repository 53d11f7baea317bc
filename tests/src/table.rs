//! Reading a CSV download.

use std::collections::{BTreeMap, BTreeSet};

/// A table with a heading.
pub struct Table {
    /// Names of the columns.
    pub columns: Vec<String>,
    /// One map from column to value a row.
    pub rows: Vec<BTreeMap<String, String>>,
}

impl Table {
    /// Reads CSV; every row must have as many cells as the heading.
    pub fn read(csv: &str) -> Self {
        let mut reader = csv::ReaderBuilder::new().flexible(false).from_reader(csv.as_bytes());
        let columns: Vec<String> = reader.headers().expect("a heading").iter().map(str::to_owned).collect();
        let row = |record: csv::Result<csv::StringRecord>| {
            let record = record.expect("a row as wide as the heading");
            columns.iter().cloned().zip(record.iter().map(str::to_owned)).collect()
        };
        let rows = reader.records().map(row).collect();
        Self { columns, rows }
    }

    /// The values that occur in a column.
    pub fn values(&self, column: &str) -> BTreeSet<&str> {
        self.rows.iter().map(|row| row[column].as_str()).collect()
    }

    /// The rows of one municipality's answer to one question.
    pub fn cells(&self, code: &str, question: &str) -> Vec<&BTreeMap<String, String>> {
        let wanted =
            |row: &&BTreeMap<String, String>| row["municipality_code"] == code && row["question_name"] == question;
        self.rows.iter().filter(wanted).collect()
    }
}
