//! A finding and its place.

use std::fmt;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The questionnaire cannot be used.
    Error,
    /// It can be used, but the author probably meant something else.
    Warning,
}

impl Severity {
    /// 「エラー」「警告」
    pub fn label(self) -> &'static str {
        match self {
            Self::Error => "エラー",
            Self::Warning => "警告",
        }
    }
}

/// Something wrong with a form, shown as 「survey.csv 12行目 relevant列: …」.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// Name of the sheet; of the file where sheets are CSV files.
    pub sheet: &'static str,
    /// Line of a CSV file or row of a sheet, from 1; `None` when it concerns the sheet.
    pub row: Option<usize>,
    /// Name of the column; `None` when it concerns the row or the sheet.
    pub column: Option<String>,
    /// What is wrong and what to do, in Japanese.
    pub message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.sheet)?;
        if let Some(row) = self.row {
            write!(f, " {row}行目")?;
        }
        if let Some(column) = &self.column {
            write!(f, " {column}列")?;
        }
        write!(f, ": {}", self.message)
    }
}
