//! The table below a picture: what it shows, in figures, for people and for files.

use std::fmt;

use shared::indicator;
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
    /// Its heading.
    pub label: String,
    /// Its name in files, e.g. `engaged`.
    pub name: String,
    /// What stands in it: the same for every cell, also where all of them are missing.
    pub holds: Holds,
    /// Where it stands.
    pub place: Place,
}

/// Where a column stands: pages say in one cell, or in a caption, what files say in columns of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// On pages and in files.
    Everywhere,
    /// On pages only.
    Pages,
    /// In files only.
    Files,
}

/// What stands in a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holds {
    /// Words.
    Words,
    /// Whole numbers of that unit; empty for none.
    Whole(String),
    /// Decimal numbers of that unit; empty for none.
    Decimal(String),
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
    /// A difference of shares of two years, which may be open: pages say so, files hold what is confirmed.
    Difference(indicator::Change),
    /// An exact number.
    Exact(Exact),
    /// A computed number, already rounded to the digits that it carries: digits with at most a `-` and a point, nothing
    /// else. What a page says in other words is a text.
    Rounded(String),
    /// A computed number with the words in which pages say it, e.g. 「0.001未満」.
    Said(f64, String),
    /// What changed with a row's last value, and the unit of the difference.
    Change(Change, String),
    /// 秘匿
    Suppressed,
    /// There is nothing to say: 「－」.
    Nothing,
}

impl Column {
    /// A column of words.
    pub fn words(label: impl Into<String>, name: impl Into<String>) -> Self {
        Self { label: label.into(), name: name.into(), holds: Holds::Words, place: Place::Everywhere }
    }

    /// A column of whole numbers.
    pub fn whole(label: impl Into<String>, name: impl Into<String>, unit: impl Into<String>) -> Self {
        Self { holds: Holds::Whole(unit.into()), ..Self::words(label, name) }
    }

    /// A column of decimal numbers.
    pub fn decimal(label: impl Into<String>, name: impl Into<String>, unit: impl Into<String>) -> Self {
        Self { holds: Holds::Decimal(unit.into()), ..Self::words(label, name) }
    }

    /// A column of numbers of municipalities.
    pub fn count(label: impl Into<String>, name: impl Into<String>) -> Self {
        Self::whole(label, name, "市町村")
    }

    /// A column of shares.
    pub fn share(label: impl Into<String>, name: impl Into<String>) -> Self {
        Self::decimal(label, name, "％")
    }

    /// A column of differences of shares.
    pub fn points(label: impl Into<String>, name: impl Into<String>) -> Self {
        Self::decimal(label, name, "ポイント")
    }

    /// The same on pages only.
    #[must_use]
    pub fn on_pages(self) -> Self {
        Self { place: Place::Pages, ..self }
    }

    /// The same in files only.
    #[must_use]
    pub fn in_files(self) -> Self {
        Self { place: Place::Files, ..self }
    }

    /// Whether numbers stand in it.
    pub fn is_number(&self) -> bool {
        self.holds != Holds::Words
    }
}

impl DataTable {
    /// What pages show of it.
    #[must_use]
    pub fn on_pages(self) -> Self {
        let Self { caption, columns, rows } = self;
        let shown: Vec<bool> = columns.iter().map(|column| column.place != Place::Files).collect();
        let row = |row: Vec<Value>| -> Vec<Value> {
            row.into_iter().zip(&shown).filter_map(|(value, shown)| shown.then_some(value)).collect()
        };
        let rows = rows.into_iter().map(row).collect();
        Self { caption, columns: columns.into_iter().filter(|column| column.place != Place::Files).collect(), rows }
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
            Self::Difference(change) => Self::Points(change.confirmed).plain(),
            Self::Points(Points(tenths)) => {
                let sign = if *tenths < 0 { "-" } else { "" };
                format!("{sign}{}.{}", tenths.abs() / 10, tenths.abs() % 10)
            }
            Self::Exact(number) => number.to_string(),
            Self::Rounded(number) => number.clone(),
            Self::Said(number, _) => number.to_string(),
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
            | Self::Difference(_)
            | Self::Exact(_)
            | Self::Rounded(_)
            | Self::Said(..)
            | Self::Change(..)
            | Self::Nothing => "",
        }
    }
}

/// As pages show it.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) | Self::Link(text, _) | Self::Said(_, text) => f.write_str(text),
            Self::Count(Count::Shown(count)) => f.write_str(&format::thousands(u64::from(*count))),
            Self::Count(Count::Suppressed) | Self::Suppressed => f.write_str("秘匿"),
            Self::Count(Count::NotOffered) => f.write_str("選択肢なし"),
            Self::Whole(number) => f.write_str(&format::grouped(&number.to_string())),
            Self::Share(share) => share.fmt(f),
            Self::Points(points) => points.fmt(f),
            Self::Difference(change) => f.write_str(&format::difference(change)),
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
    fn what_is_for_files_only_is_on_no_page() {
        let columns = vec![
            Column::words("年度", "group").on_pages(),
            Column::whole("年度（西暦）", "fiscal_year", "").in_files(),
            Column::count("団体", "engaged"),
        ];
        let row = vec![Value::Text("令和7年度".to_owned()), Value::Whole(2025), Value::Whole(3)];
        let shown = DataTable { caption: String::new(), columns, rows: vec![row] }.on_pages();
        assert_eq!(shown.columns.iter().map(|column| column.name.as_str()).collect::<Vec<_>>(), ["group", "engaged"]);
        assert_eq!(shown.rows, [[Value::Text("令和7年度".to_owned()), Value::Whole(3)]]);
    }

    #[test]
    fn a_page_and_a_file_say_the_same_in_their_own_way() {
        let said = |value: Value| (value.to_string(), value.plain(), value.state());
        assert_eq!(said(Value::Whole(-1_234)), ("△1,234".to_owned(), "-1234".to_owned(), ""));
        assert_eq!(said(Value::Points(Points(-5))), ("△0.5ポイント".to_owned(), "-0.5".to_owned(), ""));
        assert_eq!(said(Value::Rounded("-1234.5".to_owned())), ("△1,234.5".to_owned(), "-1234.5".to_owned(), ""));
        assert_eq!(
            said(Value::Said(0.000_4, "0.001未満".to_owned())),
            ("0.001未満".to_owned(), "0.0004".to_owned(), "")
        );
        assert_eq!(said(Value::Share(Share::new(27, 40))), ("67.5％".to_owned(), "67.5".to_owned(), ""));
        assert_eq!(said(Value::Share(Share::new(0, 0))), ("－".to_owned(), String::new(), ""));
        assert_eq!(said(Value::Count(Count::Suppressed)), ("秘匿".to_owned(), String::new(), "suppressed"));
        assert_eq!(said(Value::Count(Count::NotOffered)), ("選択肢なし".to_owned(), String::new(), "not_offered"));
    }
}
