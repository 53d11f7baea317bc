//! The municipalities on a map where named values are public, otherwise the regions as bars.

use shared::comparison::place::compare;
use shared::indicator::{Engagement, Field};
use shared::municipality::Region;

use super::fields::{HATCHING, outcome_row, outcome_table};
use super::{Published, address, source};
use crate::chart::Chart;
use crate::chart::bars::Bar;
use crate::chart::boundary_map::BoundaryMap;
use crate::chart::map::{MapPlace, MapValues};
use crate::chart::palette::Look;
use crate::exhibit::Exhibit;
use crate::exhibit::table::{Column, DataTable, Value};
use crate::figures::{FieldCount, Place, Places, RegionFigure};

/// Where engagement stands.
pub fn map(published: &Published) -> Exhibit {
    match &published.places {
        Places::Named(places) => of_municipalities(published, places),
        Places::ByRegion(regions) => of_regions(published, regions),
    }
}

fn of_municipalities(published: &Published, places: &[Place]) -> Exhibit {
    let year = published.year;
    let engaged_in_all = places.iter().filter(|place| FieldCount::of(place) == FieldCount::Known(3)).count();
    let values = map_values(places);
    let partly = values.places.iter().filter(|place| place.partly).count();
    let partly =
        (partly > 0).then(|| format!("縁が破線の{partly}団体は一部の分野が未確定で、濃さは少ないほうの数を表します。"));
    let (chart, note) = match &published.boundaries {
        Some(boundaries) => (Chart::BoundaryMap(BoundaryMap { values, boundaries: boundaries.clone() }), ""),
        None => (Chart::TileMap(values), "位置はおおよその並びです。"),
    };
    Exhibit {
        id: "map".to_owned(),
        finding: vec![
            "3分野すべてに".to_owned(),
            "取り組んでいる".to_owned(),
            "市町村は".to_owned(),
            format!("{engaged_in_all}団体"),
        ],
        subtitle: format!("3分野のうち取り組んでいる分野の数。{}、全{}市町村。", year.wareki(), places.len()),
        chart: Some(chart),
        table: place_table(format!("市町村別の結果（{year}）"), places, &published.official.computation),
        notes: partly.into_iter().chain([format!("{note}市町村別の値を公開する設問の回答によります。")]).collect(),
        source: source(published),
        computation: published.official.computation.clone(),
        address: Some(address("map")),
        demonstration: published.demonstration,
    }
}

/// The municipalities as a map takes them; the legend says how many each category holds.
pub fn map_values(places: &[Place]) -> MapValues {
    let place = |place: &Place| {
        let count = FieldCount::of(place);
        MapPlace {
            code: place.municipality.code,
            name: place.municipality.name.clone(),
            tile: place.municipality.tile,
            look: count.into(),
            partly: matches!(count, FieldCount::Between(..)),
            words: count.words(),
        }
    };
    let counts: Vec<FieldCount> = places.iter().map(FieldCount::of).collect();
    let known = [3, 2, 1, 0].map(FieldCount::Known);
    let entry = |sample: FieldCount| {
        let number = counts.iter().filter(|count| **count == sample).count();
        (number > 0).then(|| (Look::from(sample), format!("{} {number}団体", sample.words())))
    };
    let legend = known.into_iter().chain([FieldCount::NotSubmitted]).filter_map(entry);
    MapValues { places: places.iter().map(place).collect(), legend: legend.collect() }
}

/// The name leads to the answers that its row follows from.
fn place_table(caption: String, places: &[Place], computation: &str) -> DataTable {
    let mut columns = vec![
        Column::words("市町村", "municipality_name"),
        Column::words("団体コード", "municipality_code"),
        Column::words("地域", "region"),
    ];
    columns.extend(Field::ALL.map(|field| Column::words(field.label(), field.code())));
    columns.push(Column::words("取組分野の数", "fields_engaged"));
    let rows = places.iter().map(|place| {
        let engagement = |field: Field| {
            let engagement = place.fields.get(&field).copied().unwrap_or(Engagement::Undetermined);
            Value::Text(engagement_words(place.responded, engagement).to_owned())
        };
        let municipality = &place.municipality;
        let mut row = vec![
            Value::Link(municipality.name.clone(), format!("{computation}/{}", municipality.code)),
            Value::Text(municipality.code.to_string()),
            municipality.region.map_or(Value::Nothing, |region| Value::Text(region.label().to_owned())),
        ];
        row.extend(Field::ALL.map(engagement));
        row.push(Value::Text(FieldCount::of(place).words()));
        row
    });
    DataTable { caption, columns, rows: rows.collect() }
}

fn engagement_words(responded: bool, engagement: Engagement) -> &'static str {
    match (responded, engagement) {
        (false, _) => "未提出",
        (true, Engagement::Engaged) => "取り組んでいる",
        (true, Engagement::NotEngaged) => "取り組んでいない",
        (true, Engagement::Undetermined) => "未確定",
    }
}

fn region_label(figure: &RegionFigure) -> &'static str {
    figure.region.map_or("地域の区分なし", Region::label)
}

/// Which regions stand highest, among those whose value is shown.
fn region_finding(regions: &[RegionFigure]) -> Vec<String> {
    let shown = || regions.iter().filter_map(|figure| Some((region_label(figure), figure.outcome?.share())));
    let Some(highest) = shown().map(|(_, share)| share).max_by(|a, b| compare(*a, *b)) else {
        return vec!["地域ごとの割合は".to_owned(), "秘匿しています".to_owned()];
    };
    let leaders: Vec<&str> =
        shown().filter(|(_, share)| compare(*share, highest).is_eq()).map(|(label, _)| label).collect();
    if leaders.len() == regions.len() && leaders.len() > 1 {
        return vec!["DXに取り組んでいる市町村の割合は、".to_owned(), format!("どの地域でも{highest}")];
    }
    let begin = if shown().count() < regions.len() { "値を示せる地域では、" } else { "地域別では" };
    vec![begin.to_owned(), format!("{}が", leaders.join("と")), format!("{highest}で最も高い")]
}

fn of_regions(published: &Published, regions: &[RegionFigure]) -> Exhibit {
    let year = published.year;
    let label = |figure: &RegionFigure| region_label(figure).to_owned();
    let suppressed = regions.iter().any(|figure| figure.outcome.is_none());
    let open = regions.iter().any(|figure| figure.outcome.is_some_and(|outcome| outcome.undetermined() > 0));
    let bars = regions.iter().map(|figure| Bar {
        label: label(figure),
        field: None,
        outcome: figure.outcome,
        remark: String::new(),
    });
    let rows = regions.iter().map(|figure| {
        let name = Value::Link(label(figure), published.official.computation.clone());
        outcome_row(name, figure.outcome, None)
    });
    let notes = [
        open.then(|| HATCHING.to_owned()),
        suppressed.then(|| "「秘匿」は、市町村ごとの回答が分かってしまうため表示していない値です。".to_owned()),
    ];
    Exhibit {
        id: "map".to_owned(),
        finding: region_finding(regions),
        subtitle: format!(
            "DXに取り組んでいる市町村の割合。{}、分母は地域の市町村数。市町村別の値は公開されていません。",
            year.wareki()
        ),
        chart: Some(Chart::Bars(bars.collect())),
        table: outcome_table(format!("地域ごとの結果（{year}、団体数）"), "地域", rows.collect()),
        notes: notes.into_iter().flatten().collect(),
        source: source(published),
        computation: published.official.computation.clone(),
        address: Some(address("map")),
        demonstration: published.demonstration,
    }
}

#[cfg(test)]
mod tests {
    use shared::indicator::Outcome;

    use super::*;

    fn figure(region: Region, engaged: Option<u32>) -> RegionFigure {
        let outcome = |engaged| Outcome { engaged, not_engaged: 8 - engaged, register: 8, respondents: 8 };
        RegionFigure { region: Some(region), outcome: engaged.map(outcome) }
    }

    #[test]
    fn the_finding_names_the_highest_of_what_is_shown() {
        let [first, second, third, ..] = Region::ALL;
        let said = |figures: &[RegionFigure]| region_finding(figures).concat();
        let (a, b) = (first.label(), second.label());
        let all = [figure(first, Some(6)), figure(second, Some(2)), figure(third, Some(1))];
        assert_eq!(said(&all), format!("地域別では{a}が75.0％で最も高い"));
        let tied = [figure(first, Some(6)), figure(second, Some(6)), figure(third, None)];
        assert_eq!(said(&tied), format!("値を示せる地域では、{a}と{b}が75.0％で最も高い"));
        assert!(said(&tied[..2]).contains("どの地域でも75.0％"));
        assert!(said(&tied[2..]).contains("秘匿しています"));
    }
}
