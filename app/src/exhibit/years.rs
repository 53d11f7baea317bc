//! The fiscal years of a table in files: 西暦, 和暦 beside it, and each mark in a column of its own (rule L3-05). Pages say them
//! in one cell, in a heading or in the caption.

use shared::fiscal_year::FiscalYear;

use super::table::{Column, DataTable, Value};

/// The year of a row, and what pages add to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MarkedYear {
    /// The year.
    pub year: FiscalYear,
    /// 速報: it is not published.
    pub provisional: bool,
    /// 比較不可 with the year asked for.
    pub incomparable: bool,
}

/// A table whose first column heads its rows by years.
pub fn apart(table: &mut DataTable, years: &[FiscalYear]) {
    let cells = years.iter().map(|year| cells(Some(*year)).to_vec());
    instead_of_heading(table, &columns("fiscal_year", "年度"), cells);
}

/// The same where pages mark some of the years.
pub fn apart_with_marks(table: &mut DataTable, years: &[MarkedYear]) {
    let mark = |marked: bool, words: &str| if marked { Value::Text(words.to_owned()) } else { Value::Nothing };
    let [year, wareki] = columns("fiscal_year", "年度");
    let columns = [
        year,
        wareki,
        Column::words("公表の状態", "fiscal_year_status").in_files(),
        Column::words("比較の可否", "fiscal_year_comparability").in_files(),
    ];
    let cells = years.iter().map(|year| {
        let [western, wareki] = cells(Some(year.year));
        vec![western, wareki, mark(year.provisional, "速報"), mark(year.incomparable, "比較不可")]
    });
    instead_of_heading(table, &columns, cells);
}

/// A table of one year: it stands in every row.
pub fn of_year(table: &mut DataTable, year: FiscalYear) {
    table.columns.extend(columns("fiscal_year", "年度"));
    for row in &mut table.rows {
        row.extend(cells(Some(year)));
    }
}

/// A table of what changed from one year to another: both stand in every row.
pub fn of_change(table: &mut DataTable, since: FiscalYear, until: FiscalYear) {
    table.columns.extend(since_columns());
    for row in &mut table.rows {
        row.extend(cells(Some(since)));
    }
    of_year(table, until);
}

/// The columns of the year that a row's change is counted from.
pub fn since_columns() -> [Column; 2] {
    columns("since_fiscal_year", "比べた前の年度")
}

/// What stands in two columns of a year; nothing without one.
pub fn cells(year: Option<FiscalYear>) -> [Value; 2] {
    year.map_or([Value::Nothing, Value::Nothing], |year| {
        [Value::Whole(i64::from(year.year())), Value::Text(year.wareki())]
    })
}

fn columns(name: &str, label: &str) -> [Column; 2] {
    [
        Column::whole(format!("{label}（西暦）"), name, "").in_files(),
        Column::words(format!("{label}（和暦）"), format!("{name}_wareki")).in_files(),
    ]
}

/// Pages keep the first column; files have those instead.
fn instead_of_heading(table: &mut DataTable, columns: &[Column], cells: impl Iterator<Item = Vec<Value>>) {
    let Some(heading) = table.columns.first_mut() else { return };
    *heading = heading.clone().on_pages();
    table.columns.splice(1..1, columns.iter().cloned());
    for (row, cells) in table.rows.iter_mut().zip(cells) {
        row.splice(1..1, cells);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exhibit::table::Place;

    #[test]
    fn files_say_years_and_marks_apart() {
        let year = |year| FiscalYear::new(year).unwrap();
        let row = |label: &str| vec![Value::Text(label.to_owned()), Value::Whole(40)];
        let mut table = DataTable {
            caption: String::new(),
            columns: vec![Column::words("年度", "group"), Column::count("市町村数", "register")],
            rows: vec![row("令和6年度（比較不可）"), row("令和7年度（速報）")],
        };
        let shown = table.clone().on_pages();
        let years = [
            MarkedYear { year: year(2024), provisional: false, incomparable: true },
            MarkedYear { year: year(2025), provisional: true, incomparable: false },
        ];
        apart_with_marks(&mut table, &years);
        let in_files = |row: &Vec<Value>| -> Vec<String> {
            let both = row.iter().zip(&table.columns).filter(|(_, column)| column.place != Place::Pages);
            both.map(|(value, _)| value.plain()).collect()
        };
        assert_eq!(in_files(&table.rows[0]), ["2024", "令和6年度", "", "比較不可", "40"]);
        assert_eq!(in_files(&table.rows[1]), ["2025", "令和7年度", "速報", "", "40"]);
        let again = table.on_pages();
        assert_eq!(again.rows, shown.rows);
    }
}
