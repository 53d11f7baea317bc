//! The plan's KPI ledger as exhibits: one table a category, on its page, on paper and in files.

use shared::fiscal_year::FiscalYear;
use shared::kpi::{Change, Frequency, Half, Kpi, Period};
use shared::share::Share;

use crate::exhibit::Exhibit;
use crate::exhibit::table::{Column, DataTable, Value};

/// Years shown: the plan has five, and one stands before it.
const MOST_YEARS: usize = 6;
/// What the table leaves open, in a sentence.
pub const UNKNOWN: &str = "値が分からないものは「－」としています。推計や補完はしていません。";

/// A row of the ledger.
#[derive(Debug, Clone, PartialEq)]
pub struct LedgerRow {
    /// The row as entered.
    pub kpi: Kpi,
    /// How often it is measured, where that is known.
    pub frequency: Option<Frequency>,
    /// Its values, by period.
    pub values: Vec<(Period, LedgerFigure)>,
    /// Remarks on values, also on those that were taken back, by period.
    pub remarks: Vec<(Period, String)>,
    /// What changed with the last one.
    pub change: Option<Change>,
    /// Of a computed row: where its definition stands.
    pub definition: Option<String>,
}

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LedgerFigure {
    /// Entered digits.
    Entered(String),
    /// Computed from the survey: the share, and the address of how.
    Computed(Share, String),
    /// 秘匿
    Suppressed,
}

/// 基本目標 or a field, with its rows.
#[derive(Debug, Clone, PartialEq)]
pub struct LedgerCategory {
    /// Its name.
    pub name: String,
    /// Its rows, in order.
    pub rows: Vec<LedgerRow>,
}

/// One exhibit a category, all over the same years.
pub fn exhibits(ledger: &[LedgerCategory], demonstration: bool) -> Vec<Exhibit> {
    let rows = ledger.iter().flat_map(|category| &category.rows);
    let mut years: Vec<FiscalYear> = rows.flat_map(|row| row.values.iter().map(|(period, _)| period.year)).collect();
    years.sort_unstable();
    years.dedup();
    let years = &years[years.len().saturating_sub(MOST_YEARS)..];
    let exhibit = |(place, category): (usize, &LedgerCategory)| exhibit(place, category, years, demonstration);
    ledger.iter().enumerate().map(exhibit).collect()
}

fn exhibit(place: usize, category: &LedgerCategory, years: &[FiscalYear], demonstration: bool) -> Exhibit {
    let mut columns =
        vec![Column::words("指標", "label"), Column::words("単位", "unit"), Column::words("基準値", "baseline")];
    columns.extend(years.iter().map(|year| Column::words(year.wareki(), format!("fy{}", year.year()))));
    columns.extend([
        Column::words("前回からの変化", "change"),
        Column::words("目標値（2028年度）", "target_2028"),
        Column::words("出典、頻度", "source"),
        Column::words("担当課", "section"),
    ]);
    Exhibit {
        id: format!("ledger-{}", place + 1),
        finding: vec![format!("{}のKPI", category.name)],
        subtitle: String::new(),
        chart: None,
        table: DataTable {
            caption: category.name.clone(),
            columns,
            rows: category.rows.iter().map(|row| cells(row, years)).collect(),
        },
        notes: category.rows.iter().flat_map(|row| notes(row, years)).collect(),
        source: "資料：KPI台帳".to_owned(),
        computation: None,
        address: None,
        demonstration,
    }
}

/// The row's remark, and those on the values of the years shown.
fn notes(row: &LedgerRow, years: &[FiscalYear]) -> Vec<String> {
    let label = &row.kpi.label;
    let own = (!row.kpi.note.is_empty()).then(|| format!("{label}：{}", row.kpi.note));
    let remarks = row.remarks.iter().filter(|(period, _)| years.contains(&period.year));
    own.into_iter().chain(remarks.map(|(period, remark)| format!("{label}（{period}）：{remark}"))).collect()
}

fn cells(row: &LedgerRow, years: &[FiscalYear]) -> Vec<Value> {
    let LedgerRow { kpi, frequency, change, definition, .. } = row;
    let label = match definition {
        Some(href) => Value::Link(kpi.label.clone(), href.clone()),
        None => Value::Text(kpi.label.clone()),
    };
    let baseline = match kpi.baseline_period.as_str() {
        "" => kpi.baseline.clone(),
        period => format!("{}（{period}）", or_dash(&kpi.baseline)),
    };
    let source = [kpi.source.as_str(), frequency.map_or("", Frequency::label)];
    let source: Vec<&str> = source.into_iter().filter(|words| !words.is_empty()).collect();
    let mut cells = vec![label, words(&kpi.unit), words(&baseline)];
    cells.extend(years.iter().map(|year| of_year(row, *year)));
    cells.extend([
        change.clone().map_or(Value::Nothing, |change| Value::Change(change, kpi.unit.clone())),
        words(&kpi.target_2028),
        words(&source.join("、")),
        words(&kpi.section),
    ]);
    cells
}

/// The year's value, or those of its halves.
fn of_year(row: &LedgerRow, year: FiscalYear) -> Value {
    let of = |half: Option<Half>| {
        let found = row.values.iter().find(|(period, _)| *period == Period { year, half });
        found.map(|(_, figure)| figure)
    };
    let halves = [(Half::First, "上"), (Half::Second, "下")].map(|(half, word)| (of(Some(half)), word));
    if halves.iter().any(|(figure, _)| figure.is_some()) {
        let said = halves.iter().map(|(figure, word)| match figure {
            Some(figure) => format!("{word} {}", value(figure)),
            None => format!("{word} －"),
        });
        return Value::Text(said.collect::<Vec<_>>().join("／"));
    }
    of(None).map_or(Value::Nothing, value)
}

fn value(figure: &LedgerFigure) -> Value {
    match figure {
        LedgerFigure::Entered(digits) => Value::Rounded(digits.clone()),
        LedgerFigure::Computed(share, href) => Value::Link(share.to_string(), href.clone()),
        LedgerFigure::Suppressed => Value::Suppressed,
    }
}

fn words(text: &str) -> Value {
    if text.is_empty() { Value::Nothing } else { Value::Text(text.to_owned()) }
}

fn or_dash(text: &str) -> &str {
    if text.is_empty() { "－" } else { text }
}
