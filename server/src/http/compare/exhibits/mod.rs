//! The findings of a comparison as exhibits: one builder for the page, for pictures and for files.
//!
//! - [`strips`]: the own place in the peers' distribution
//! - [`radar`]: the same on axes around a centre
//! - [`areas`]: areas × municipalities
//! - [`course`]: the own areas in two years
//! - [`maturity`]: scores and what other choices make of the order

mod areas;
mod course;
mod maturity;
mod radar;
mod strips;

use app::chart::axis::Mark;
use app::exhibit::table::{Column, DataTable, Value};
use app::exhibit::{Address, Exhibit};
use shared::comparison::{Comparison, Level, Measure, Row};
use shared::municipality::Municipality;
use shared::share::Share;

use super::query::Query;
use super::words;
use crate::service::comparison::{Compared, ComparedYear};

/// Everything there is to show, in the page's order.
pub fn all(query: &Query, compared: &Compared) -> Vec<Exhibit> {
    let (Ok(comparison), Some(year)) = (&compared.found, &compared.year) else { return Vec::new() };
    let maker = Maker { query, compared, comparison, year };
    let exhibits = [Some(maker.strips()), maker.radar(), maker.areas(), maker.course(), Some(maker.maturity())];
    exhibits.into_iter().flatten().collect()
}

struct Maker<'a> {
    query: &'a Query,
    compared: &'a Compared,
    comparison: &'a Comparison,
    year: &'a ComparedYear,
}

impl Maker<'_> {
    fn exhibit(&self, id: &str, finding: Vec<String>, subtitle: String, table: DataTable) -> Exhibit {
        Exhibit {
            id: id.to_owned(),
            finding,
            subtitle,
            chart: None,
            table,
            notes: Vec::new(),
            source: words::source(self.year),
            computation: Some(format!("{}#method-{id}", self.query.address("/compare/method"))),
            address: Some(Address { path: format!("/pictures/compare/{id}"), query: self.query.written() }),
            demonstration: self.compared.demonstration,
        }
    }

    fn own(&self) -> &str {
        &self.comparison.own.name
    }

    /// The own municipality, then its peers.
    fn everybody(&self) -> impl Iterator<Item = &Municipality> {
        std::iter::once(&self.comparison.own).chain(&self.comparison.peers)
    }

    fn group(&self) -> String {
        words::group(&self.query.asked().request, self.comparison)
    }

    /// What a row is: 「項目」
    fn topics(&self) -> &'static str {
        match self.query.rows {
            Level::Field => "分野",
            Level::Area => "項目",
            Level::Question => "設問",
        }
    }

    /// What all rows measure.
    fn measure(&self) -> Measure {
        match self.query.rows {
            Level::Field | Level::Area => Measure::Done,
            Level::Question => Measure::Stage,
        }
    }
}

fn mark(measure: Measure, share: Share) -> Option<Mark> {
    let of_share = Mark::of_share(share)?;
    Some(match measure {
        Measure::Done => of_share,
        // From tenths of a per cent to hundredths of a stage.
        Measure::Stage => Mark::new((of_share.at * 4 + 5) / 10, measure.words(share)),
    })
}

/// A column of values, or of differences of them.
fn column(measure: Measure, label: &str, name: &str, difference: bool) -> Column {
    match (measure, difference) {
        (Measure::Done, false) => Column::share(label, name),
        (Measure::Done, true) => Column::points(label, name),
        (Measure::Stage, _) => Column::decimal(format!("{label}（段階）"), name, "段階"),
    }
}

/// Of a table with a row a municipality: pages say its name, files its code, too.
fn municipality_columns() -> [Column; 2] {
    [Column::words("団体", "municipality"), Column::words("団体コード", "municipality_code").in_files()]
}

fn municipality_cells(municipality: &Municipality) -> [Value; 2] {
    [Value::Text(municipality.name.clone()), Value::Text(municipality.code.to_string())]
}

fn value_of(measure: Measure, share: Option<Share>) -> Value {
    match (measure, share) {
        (_, None) => Value::Nothing,
        (Measure::Done, Some(share)) => Value::Share(share),
        (Measure::Stage, Some(share)) => measure.digits(share).map_or(Value::Nothing, Value::Rounded),
    }
}

/// The own value less the median.
fn gap_of(row: &Row) -> Value {
    let both = row.own.zip(row.median);
    match row.measure {
        Measure::Done => both.and_then(|(own, median)| own.points_since(median)).map_or(Value::Nothing, Value::Points),
        Measure::Stage => both
            .and_then(|(own, median)| row.measure.gap_tenths(own, median))
            .map_or(Value::Nothing, |tenths| Value::Rounded(tenths_in_digits(tenths))),
    }
}

fn tenths_in_digits(tenths: i32) -> String {
    let sign = if tenths < 0 { "-" } else { "" };
    let size = tenths.unsigned_abs();
    format!("{sign}{}.{}", size / 10, size % 10)
}

fn whole(number: usize) -> Value {
    Value::Whole(i64::try_from(number).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_digits_in_files() {
        assert_eq!([-15, 0, 10].map(tenths_in_digits), ["-1.5", "0.0", "1.0"]);
    }
}
