//! The plan's years: the official indicator and the fields over time.

use shared::indicator::{Field, Outcome};

use super::{Published, address, source};
use crate::chart::Chart;
use crate::components::format;
use crate::exhibit::Exhibit;
use crate::exhibit::table::{Column, DataTable, Value};
use crate::exhibit::years;
use crate::figures::{Reference, Trend};

/// The official indicator and the fields over the plan's years.
pub fn course(published: &Published) -> Exhibit {
    let trend = &published.trend;
    let bounds = trend.years.iter().any(|year| year.headline.undetermined() > 0);
    let bounds =
        bounds.then(|| "点から上に伸びる帯と細い線は、未確定の団体がすべて取り組んでいた場合の値までです。".to_owned());
    let target = trend
        .target
        .is_none()
        .then(|| format!("{}の目標値は登録されていないため、目標の線はありません。", trend.last.wareki()));
    Exhibit {
        id: "course".to_owned(),
        finding: heading(trend).to_vec(),
        subtitle: format!(
            "DXに取り組んでいる市町村の割合（％）。{}から{}まで、分母は全市町村。",
            trend.first.wareki(),
            trend.last.wareki()
        ),
        chart: Some(Chart::Trend(trend.clone())),
        table: table(trend),
        notes: trend.reference.iter().map(reference_note).chain(bounds).chain(target).collect(),
        source: source(published),
        computation: Some(published.official.computation.clone()),
        address: Some(address("course")),
        demonstration: published.demonstration,
    }
}

/// The finding over the years: the change since the first year of the same definition.
fn heading(trend: &Trend) -> [String; 4] {
    let since = trend.breaks.iter().max();
    let mut comparable = trend.years.iter().filter(|year| since.is_none_or(|since| year.year >= *since));
    let change = comparable.next().zip(comparable.next_back()).and_then(|(earlier, later)| {
        let change = format::difference(&later.headline.change_since(&earlier.headline)?);
        let (from, to) = (earlier.year.wareki(), later.year.wareki());
        Some([format!("{from}から"), format!("{to}までの"), "変化は".to_owned(), change])
    });
    let plain = || [format!("{}に", trend.last.wareki()), "向けた".to_owned(), "推移".to_owned(), String::new()];
    change.unwrap_or_else(plain)
}

fn reference_note(reference: &Reference) -> String {
    let year = reference.year.wareki();
    let interval = reference.intervals.iter().find(|interval| interval.definition.official).map(|interval| {
        let bounds = format::count_bounds(interval.bounds);
        let population = interval.bounds.lower.denominator;
        format!(
            "斜線の帯は「{}」のとりうる範囲（{bounds}）で、{population}市町村すべてが回答したと仮定した場合のものです。",
            interval.definition.title
        )
    });
    format!("{year}の白抜きの印は公表値で、その後とは定義が異なる参考値です。{}", interval.unwrap_or_default())
}

fn table(trend: &Trend) -> DataTable {
    let mut columns = vec![
        Column::words("年度", "year"),
        Column::share(trend.headline.clone(), "share"),
        Column::count("取り組んでいる団体", "engaged"),
        Column::count("全市町村", "register"),
        Column::share("とりうる上限", "upper"),
    ];
    columns.extend(Field::ALL.map(|field| Column::share(field.label(), field.code())));
    let rows = trend.years.iter().map(|year| {
        let of_field = |field| year.fields.iter().find(|(f, _)| *f == field).map(|(_, outcome)| *outcome);
        let whole = |count: u32| Value::Whole(i64::from(count));
        let Outcome { engaged, register, .. } = year.headline;
        let mut row = vec![
            Value::Link(year.year.to_string(), year.computation.clone()),
            Value::Share(year.headline.share()),
            whole(engaged),
            whole(register),
            Value::Share(year.headline.upper()),
        ];
        row.extend(
            Field::ALL.map(|field| of_field(field).map_or(Value::Suppressed, |outcome| Value::Share(outcome.share()))),
        );
        row
    });
    let mut table = DataTable { caption: "年度ごとの割合".to_owned(), columns, rows: rows.collect() };
    years::apart(&mut table, &trend.years.iter().map(|year| year.year).collect::<Vec<_>>());
    table
}
