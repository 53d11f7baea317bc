//! The table below a picture: what it shows, in figures, for people and for files.

use std::fmt;

use shared::kpi::Change;
use shared::share::{Points, Share};
use shared::tabulation::{Count, Exact};

use crate::components::format;

/// A table with one heading row.
#[derive(Debug, Clone, PartialEq)]
pub struct DataTable {
    /// What, which year, out of how many.
    pub caption: String,
    /// The columns; the first one heads the rows.
    pub columns: Vec<Column>,
    /// The rows, each as long as the columns.
    pub rows: Vec<Vec<Value>>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its heading, with the unit where it has one.
    pub label: String,
    /// Its name in files, e.g. `engaged`.
    pub name: String,
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Words.
    Text(String),
    /// Words that lead somewhere: text and address.
    Link(String, String),
    /// A number of municipalities, or why there is none.
    Count(Count),
    /// A whole number of anything.
    Whole(i64),
    /// A share of municipalities.
    Share(Share),
    /// A difference of shares.
    Points(Points),
    /// An exact number.
    Exact(Exact),
    /// A computed number, already rounded to the digits that it carries.
    Rounded(String),
    /// What changed with a row's last value, and the unit of the difference.
    Change(Change, String),
    /// 秘匿
    Suppressed,
    /// There is nothing to say: 「－」.
    Nothing,
}

impl Column {
    /// A column.
    pub fn new(label: impl Into<String>, name: impl Into<String>) -> Self {
        Self { label: label.into(), name: name.into() }
    }
}

impl Value {
    /// Whether it is set as a number, at the right.
    pub fn is_number(&self) -> bool {
        !matches!(self, Self::Text(_) | Self::Link(..) | Self::Change(..))
    }

    /// What a file holds: numbers without separators or signs of a page, shares and points in per cent to one decimal;
    /// empty where there is no number.
    pub fn plain(&self) -> String {
        match self {
            Self::Text(text) | Self::Link(text, _) => text.clone(),
            Self::Count(count) => count.shown().map(|count| count.to_string()).unwrap_or_default(),
            Self::Whole(number) => number.to_string(),
            Self::Share(share) => share.percent(1).unwrap_or_default(),
            Self::Points(Points(tenths)) => {
                let sign = if *tenths < 0 { "-" } else { "" };
                format!("{sign}{}.{}", tenths.abs() / 10, tenths.abs() % 10)
            }
            Self::Exact(number) => number.to_string(),
            Self::Rounded(number) => number.clone(),
            Self::Change(change, unit) => format::change(change, unit),
            Self::Suppressed | Self::Nothing => String::new(),
        }
    }

    /// The state of a cell without a number, for files: `suppressed`, `not_offered` or nothing.
    pub fn state(&self) -> &'static str {
        match self {
            Self::Count(Count::Suppressed) | Self::Suppressed => "suppressed",
            Self::Count(Count::NotOffered) => "not_offered",
            Self::Text(_)
            | Self::Link(..)
            | Self::Count(Count::Shown(_))
            | Self::Whole(_)
            | Self::Share(_)
            | Self::Points(_)
            | Self::Exact(_)
            | Self::Rounded(_)
            | Self::Change(..)
            | Self::Nothing => "",
        }
    }
}

/// As pages show it.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) | Self::Link(text, _) => f.write_str(text),
            Self::Count(Count::Shown(count)) => f.write_str(&format::thousands(u64::from(*count))),
            Self::Count(Count::Suppressed) | Self::Suppressed => f.write_str("秘匿"),
            Self::Count(Count::NotOffered) => f.write_str("選択肢なし"),
            Self::Whole(number) => f.write_str(&format::grouped(&number.to_string())),
            Self::Share(share) => share.fmt(f),
            Self::Points(points) => points.fmt(f),
            Self::Exact(number) => f.write_str(&format::grouped(&number.to_string())),
            Self::Rounded(number) => f.write_str(&format::grouped(number)),
            Self::Change(change, unit) => f.write_str(&format::change(change, unit)),
            Self::Nothing => f.write_str("－"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_and_a_file_say_the_same_in_their_own_way() {
        let said = |value: Value| (value.to_string(), value.plain(), value.state());
        assert_eq!(said(Value::Whole(-1_234)), ("△1,234".to_owned(), "-1234".to_owned(), ""));
        assert_eq!(said(Value::Points(Points(-5))), ("△0.5ポイント".to_owned(), "-0.5".to_owned(), ""));
        assert_eq!(said(Value::Share(Share::new(27, 40))), ("67.5％".to_owned(), "67.5".to_owned(), ""));
        assert_eq!(said(Value::Share(Share::new(0, 0))), ("－".to_owned(), String::new(), ""));
        assert_eq!(said(Value::Count(Count::Suppressed)), ("秘匿".to_owned(), String::new(), "suppressed"));
        assert_eq!(said(Value::Count(Count::NotOffered)), ("選択肢なし".to_owned(), String::new(), "not_offered"));
    }
}
