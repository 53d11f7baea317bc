//! The municipalities on a map where named values are public, otherwise the regions as bars.

use shared::indicator::{Engagement, Field};
use shared::publication::GroupOutcome;

use super::groups::groups;
use super::{Published, address, source};
use crate::chart::Chart;
use crate::chart::boundary_map::BoundaryMap;
use crate::chart::map::{MapPlace, MapValues};
use crate::chart::palette::Look;
use crate::exhibit::Exhibit;
use crate::exhibit::table::{Column, DataTable, Value};
use crate::figures::{FieldCount, Place, Places};

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
        computation: Some(published.official.computation.clone()),
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

fn of_regions(published: &Published, regions: &[GroupOutcome]) -> Exhibit {
    let exhibit = groups(published, "map", "地域", regions);
    Exhibit {
        subtitle: format!("{}市町村別の値は公開されていません。", exhibit.subtitle),
        address: Some(address("map")),
        ..exhibit
    }
}
