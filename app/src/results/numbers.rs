//! Numbers: sum, median, quartiles and distributions.

use shared::tabulation::{Attribute, Count, Exact, NumberSummary, Refusal, YearSlab, number};

use super::finding::{rounded, subtitle};
use super::{Asked, Name};
use crate::chart::Chart;
use crate::chart::axis::{Axis, Mark};
use crate::chart::boxes::{BoxRow, Boxes};
use crate::exhibit::Exhibit;
use crate::exhibit::table::{Column, DataTable, Value};
use crate::exhibit::years::{self, MarkedYear};

/// Steps of the axis between the least and the greatest value drawn.
const STEPS: i32 = 10_000;

/// A row: its label and its numbers, each with what is known of them.
struct Row {
    label: String,
    summary: Result<NumberSummary, Refusal>,
    /// Every number, where the reader may see them.
    values: Vec<Exact>,
}

/// By year.
pub fn by_year(asked: &Asked<'_>) -> Result<Exhibit, Refusal> {
    let now = asked.frequency()?;
    let until = asked.slab.year();
    let asked_then = |slab: &&YearSlab| {
        slab.year() <= until && asked.variable.edition(slab.year()).is_some_and(|then| Some(then.kind) == asked.kind())
    };
    let row = |slab: &YearSlab| {
        let comparable = slab.year() == until || asked.variable.comparability(slab.year(), until).is_comparable();
        let year = asked.marked(slab.year(), !comparable);
        let row = Row {
            label: super::year_label(year),
            summary: asked.reader.numbers(slab, asked.variable, asked.filter),
            values: match asked.reader.require_named(slab, asked.variable) {
                Ok(()) => number::numbers(slab, asked.variable, &asked.filter.select(slab)),
                Err(_) => Vec::new(),
            },
        };
        (year, row)
    };
    let (years, rows): (Vec<MarkedYear>, Vec<Row>) = asked.cube.years().iter().filter(asked_then).map(row).unzip();
    let unit = asked.variable.edition(until).and_then(|edition| edition.unit.as_deref()).unwrap_or_default();
    let sum = asked.numbers().and_then(Result::ok).and_then(|summary| summary.sum);
    let finding = match sum {
        Some(sum) => vec![format!("{}市町村の回答の", asked.group()), format!("合計は{}{unit}です。", rounded(sum))],
        None => asked.finding_or(Name::Numbers),
    };
    let mut exhibit = exhibit(asked, Name::Numbers, finding, &rows, "年度");
    let told = years.into_iter().zip(&rows).filter(|(_, row)| row.summary.is_ok());
    years::apart_with_marks(&mut exhibit.table, &told.map(|(year, _)| year).collect::<Vec<_>>());
    exhibit.subtitle = subtitle(&now, &asked.group());
    Ok(exhibit)
}

/// By population band, for who may see each number.
pub fn by_band(asked: &Asked<'_>) -> Result<Exhibit, Refusal> {
    let now = asked.frequency()?;
    let groups = asked.reader.numbers_by(asked.slab, asked.variable, Attribute::Band, asked.filter)?;
    let crosstab = asked.reader.crosstab(asked.slab, asked.variable, Attribute::Band, asked.filter)?;
    let row = |(label, values): (String, Vec<Exact>)| {
        let frequency = crosstab.group(&label).unwrap_or(&now).clone();
        Row { summary: Ok(NumberSummary::of_values(frequency, &values)), label, values }
    };
    let rows: Vec<Row> = groups.into_iter().map(row).collect();
    let finding = greatest_and_least(&rows, asked).unwrap_or_else(|| asked.finding_or(Name::Boxes));
    let mut exhibit = exhibit(asked, Name::Boxes, finding, &rows, Attribute::Band.label());
    exhibit.subtitle = subtitle(&now, &asked.group());
    Ok(exhibit)
}

/// In which groups the median is the greatest and the least; `None` with fewer than two medians.
fn greatest_and_least(rows: &[Row], asked: &Asked<'_>) -> Option<Vec<String>> {
    let unit =
        asked.variable.edition(asked.slab.year()).and_then(|edition| edition.unit.as_deref()).unwrap_or_default();
    let medians: Vec<(&str, Exact)> =
        rows.iter().filter_map(|row| Some((row.label.as_str(), row.summary.as_ref().ok()?.quartiles?[1]))).collect();
    let (least, greatest) = (medians.iter().map(|(_, m)| *m).min()?, medians.iter().map(|(_, m)| *m).max()?);
    if medians.len() < 2 {
        return None;
    }
    let words = |number: Exact| format!("{}{unit}", rounded(number));
    if least == greatest {
        return Some(vec!["中央値は、".to_owned(), format!("どの人口規模でも{}です。", words(least))]);
    }
    let named = |wanted: Exact| {
        let names: Vec<&str> = medians.iter().filter(|(_, m)| *m == wanted).map(|(name, _)| *name).collect();
        names.iter().map(|name| format!("「{name}」")).collect::<Vec<_>>().join("と")
    };
    Some(vec![
        "中央値は、".to_owned(),
        format!("{}で最も大きく（{}）、", named(greatest), words(greatest)),
        format!("{}で最も小さい（{}）です。", named(least), words(least)),
    ])
}

fn exhibit(asked: &Asked<'_>, name: Name, finding: Vec<String>, rows: &[Row], first: &str) -> Exhibit {
    let unit = asked.variable.edition(asked.slab.year()).and_then(|edition| edition.unit.clone()).unwrap_or_default();
    let mut notes = Vec::new();
    if rows.iter().any(|row| row.values.len() >= 10) {
        notes.push(
            "箱は中央の半数、箱の中の線は中央値です。ひげは箱の長さの1.5倍までの値、点は外れた値です。".to_owned(),
        );
    }
    if rows.iter().any(|row| row.summary.as_ref().is_ok_and(|summary| summary.suppressed)) {
        notes.push("最小と最大、少数の市町村の合計と四分位数は、市町村の値が分かるため秘匿しています。".to_owned());
    }
    let refused = rows.iter().filter_map(|row| Some(format!("{}：{}", row.label, row.summary.as_ref().err()?)));
    notes.extend(refused);
    Exhibit {
        id: name.code().to_owned(),
        finding,
        subtitle: String::new(),
        chart: boxes(rows, &unit),
        table: table(asked, rows, first, &unit),
        notes,
        source: asked.source.to_owned(),
        computation: Some(asked.computation()),
        address: Some(asked.address(name)),
        demonstration: asked.demonstration,
    }
}

fn table(asked: &Asked<'_>, rows: &[Row], first: &str, unit: &str) -> DataTable {
    let of = |label: &str, name: &str| {
        let said = if unit.is_empty() { String::new() } else { format!("（{unit}）") };
        Column::decimal(format!("{label}{said}"), name, unit)
    };
    let columns = vec![
        Column::words(first, "group"),
        Column::count("市町村数", "register"),
        Column::count("回答した市町村", "answered"),
        of("合計", "sum"),
        of("最小", "minimum"),
        of("第1四分位数", "lower_quartile"),
        of("中央値", "median"),
        of("第3四分位数", "upper_quartile"),
        of("最大", "maximum"),
    ];
    let row = |row: &Row| {
        let summary = row.summary.as_ref().ok()?;
        let value = |number: Option<Exact>| match number {
            Some(number) => Value::Exact(number.rounded(2)),
            None if summary.suppressed || summary.frequency.answered == Count::Suppressed => Value::Suppressed,
            None => Value::Nothing,
        };
        let quartile = |place: usize| value(summary.quartiles.map(|quartiles| quartiles[place]));
        Some(vec![
            Value::Text(row.label.clone()),
            Value::Whole(i64::from(summary.frequency.register)),
            Value::Count(summary.frequency.answered),
            value(summary.sum),
            value(summary.min),
            quartile(0),
            quartile(1),
            quartile(2),
            value(summary.max),
        ])
    };
    DataTable {
        caption: format!("{}市町村の数値", asked.group()),
        columns,
        rows: rows.iter().filter_map(row).collect(),
    }
}

/// The distributions on one axis; `None` without a number that the reader may see.
fn boxes(rows: &[Row], unit: &str) -> Option<Chart> {
    let all = || rows.iter().flat_map(|row| row.values.iter().copied());
    let (least, greatest) = (all().min()?, all().max()?);
    let span = greatest.to_f64() - least.to_f64();
    let at = |number: Exact| {
        if span <= 0.0 { STEPS / 2 } else { step((number.to_f64() - least.to_f64()) / span) }
    };
    let words = |number: Exact| format!("{}{unit}", rounded(number));
    let row = |row: &Row| BoxRow {
        label: row.label.clone(),
        values: row.values.iter().map(|number| Mark::new(at(*number), words(*number))).collect(),
        own: None,
        quartiles: row.summary.as_ref().ok().and_then(|summary| summary.quartiles).map(|quartiles| quartiles.map(at)),
    };
    Some(Chart::Boxes(Boxes {
        axis: Axis::Number { from: 0, to: STEPS, low: words(least), high: words(greatest) },
        rows: rows.iter().filter(|row| !row.values.is_empty()).map(row).collect(),
    }))
}

#[expect(clippy::cast_possible_truncation, reason = "0 to 1, times 10,000")]
fn step(share: f64) -> i32 {
    (share.clamp(0.0, 1.0) * f64::from(STEPS)).round() as i32
}
