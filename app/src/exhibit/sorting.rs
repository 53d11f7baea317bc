//! The order of a table's rows, as an address carries it: `engaged` ascending, `-engaged` descending.

use std::cmp::Ordering;

use shared::tabulation::Count;

use super::table::{Column, DataTable, Value};

/// By which column, and in which direction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sorting {
    /// The column's name in files.
    pub column: String,
    /// Greatest first.
    pub descending: bool,
}

impl Sorting {
    /// Reads an address's part; a name that no column has sorts nothing.
    pub fn parse(text: &str) -> Self {
        match text.strip_prefix('-') {
            Some(column) => Self { column: column.to_owned(), descending: true },
            None => Self { column: text.to_owned(), descending: false },
        }
    }

    /// As an address carries it.
    pub fn parameter(&self) -> String {
        format!("{}{}", if self.descending { "-" } else { "" }, self.column)
    }

    /// What a press on that column's heading asks for: the other direction where it is sorted by it, else numbers from
    /// the greatest and words from the first.
    pub fn pressed(now: Option<&Self>, column: &Column, numbers: bool) -> Self {
        let descending = match now.filter(|now| now.column == column.name) {
            Some(now) => !now.descending,
            None => numbers,
        };
        Self { column: column.name.clone(), descending }
    }

    /// Sorts the rows. Equal rows keep their order; what has no value stands last in either direction.
    pub fn apply(&self, table: &mut DataTable) {
        let Some(place) = table.columns.iter().position(|column| column.name == self.column) else { return };
        let key = |row: &Vec<Value>| row.get(place).map_or(Key::Nothing, Key::of);
        table.rows.sort_by(|a, b| {
            let (a, b) = (key(a), key(b));
            let order = a.compare(&b);
            let both = a != Key::Nothing && b != Key::Nothing;
            if self.descending && both { order.reverse() } else { order }
        });
    }
}

/// What a cell is sorted by.
#[derive(Debug, Clone, PartialEq)]
enum Key {
    Words(String),
    /// `numerator / denominator`, the denominator above 0.
    Ratio(i128, i128),
    Number(f64),
    Nothing,
}

impl Key {
    fn of(value: &Value) -> Self {
        match value {
            Value::Text(text) | Value::Link(text, _) => Self::Words(text.clone()),
            Value::Change(change, _) => Self::Words(change.label().to_owned()),
            Value::Count(Count::Shown(count)) => Self::Ratio(i128::from(*count), 1),
            Value::Whole(number) => Self::Ratio(i128::from(*number), 1),
            Value::Share(share) if share.denominator > 0 => {
                Self::Ratio(i128::from(share.numerator), i128::from(share.denominator))
            }
            Value::Points(points) => Self::Ratio(i128::from(points.0), 1),
            Value::Difference(change) => Self::Ratio(i128::from(change.confirmed.0), 1),
            Value::Exact(number) => Self::Number(number.to_f64()),
            Value::Said(number, _) => Self::Number(*number),
            Value::Rounded(number) => number.parse().map_or(Self::Nothing, Self::Number),
            Value::Count(Count::Suppressed | Count::NotOffered)
            | Value::Share(_)
            | Value::Suppressed
            | Value::Nothing => Self::Nothing,
        }
    }

    /// Words before numbers before nothing; ratios exactly.
    fn compare(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Words(a), Self::Words(b)) => a.cmp(b),
            (Self::Ratio(a, b), Self::Ratio(c, d)) => (a * d).cmp(&(c * b)),
            (Self::Number(a), Self::Number(b)) => a.total_cmp(b),
            _ => self.rank().cmp(&other.rank()),
        }
    }

    fn rank(&self) -> u8 {
        match self {
            Self::Words(_) => 0,
            Self::Ratio(..) => 1,
            Self::Number(_) => 2,
            Self::Nothing => 3,
        }
    }
}

#[cfg(test)]
mod tests {
    use shared::share::Share;

    use super::*;

    fn table() -> DataTable {
        let row = |name: &str, share: Value| vec![Value::Text(name.to_owned()), share];
        let share = |numerator, denominator| Value::Share(Share::new(numerator, denominator));
        DataTable {
            caption: "割合".to_owned(),
            columns: vec![Column::words("団体", "name"), Column::share("割合", "share")],
            rows: vec![
                row("い", share(1, 3)),
                row("あ", share(0, 0)),
                row("う", share(333, 1000)),
                row("え", Value::Suppressed),
                row("お", share(2, 3)),
            ],
        }
    }

    fn names(sorting: &str) -> String {
        let mut table = table();
        Sorting::parse(sorting).apply(&mut table);
        table.rows.iter().map(|row| row[0].to_string()).collect()
    }

    #[test]
    fn rows_are_sorted_exactly_and_what_has_no_value_stands_last() {
        assert_eq!(names("share"), "ういおあえ", "1/3 is more than 0.333");
        assert_eq!(names("-share"), "おいうあえ");
        assert_eq!(names("name"), "あいうえお");
        assert_eq!(names("nothing"), "いあうえお");
    }

    #[test]
    fn a_heading_turns_the_order_around() {
        let column = Column::share("割合", "share");
        let first = Sorting::pressed(None, &column, true);
        assert_eq!(first.parameter(), "-share");
        assert_eq!(Sorting::pressed(Some(&first), &column, true).parameter(), "share");
        assert_eq!(Sorting::pressed(Some(&first), &Column::words("団体", "name"), false).parameter(), "name");
    }
}
