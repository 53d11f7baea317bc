//! Areas × municipalities.

use std::cmp::Ordering;

use app::chart::Chart;
use app::chart::heat::{HeatCell, HeatMap, HeatRow};
use app::exhibit::Exhibit;
use app::exhibit::table::{Column, DataTable, Value};
use shared::comparison::Topic;
use shared::comparison::place::compare;
use shared::municipality::Municipality;
use shared::share::Share;

use super::Maker;

impl Maker<'_> {
    /// Everybody's share in every area; `None` where names may not be shown.
    pub(super) fn areas(&self) -> Option<Exhibit> {
        let areas = &self.comparison.areas;
        if areas.is_empty() {
            return None;
        }
        let everybody: Vec<&Municipality> = self.everybody().collect();
        let of = |place: usize| areas.iter().map(move |(_, values)| values.get(place).copied().flatten());
        let rows = everybody.iter().enumerate().map(|(place, municipality)| HeatRow {
            label: municipality.name.clone(),
            own: place == 0,
            cells: of(place).map(heat_cell).collect(),
        });
        let columns: Vec<String> = areas.iter().map(|(topic, _)| topic.label.clone()).collect();
        let chart = Chart::Heat(HeatMap { columns, rows: rows.collect() });
        let mut headings = Vec::from(super::municipality_columns());
        headings.extend(areas.iter().map(|(topic, _)| Column::share(&topic.label, &topic.code)));
        let table = DataTable {
            caption: format!("項目ごとの実施率（{}、％）", self.year.year),
            columns: headings,
            rows: everybody
                .iter()
                .enumerate()
                .map(|(place, municipality)| {
                    let values = of(place).map(|value| value.map_or(Value::Nothing, Value::Share));
                    super::municipality_cells(municipality).into_iter().chain(values).collect()
                })
                .collect(),
        };
        let finding = areas_finding(self.own(), areas);
        let subtitle = format!(
            "項目ごと、団体ごとの実施率。{}と{}、{}。濃いほど実施率が高い。",
            self.own(),
            self.group(),
            self.year.year
        );
        Some(Exhibit { chart: Some(chart), ..self.exhibit("areas", finding, subtitle, table) })
    }
}

/// In how many areas the own share is the highest or the lowest; without own shares, which area is furthest.
fn areas_finding(own_name: &str, areas: &[(Topic, Vec<Option<Share>>)]) -> Vec<String> {
    let extreme = |wanted: Ordering| {
        let is_extreme = |(_, values): &&(Topic, Vec<Option<Share>>)| {
            let Some(own) = values.first().copied().flatten() else { return false };
            let others: Vec<Ordering> = values.iter().skip(1).flatten().map(|other| compare(own, *other)).collect();
            others.contains(&wanted) && others.iter().all(|found| *found == wanted || *found == Ordering::Equal)
        };
        areas.iter().filter(is_extreme).count()
    };
    if areas.iter().all(|(_, values)| values.first().copied().flatten().is_none()) {
        return vec![format!("{own_name}の値はなく、"), "比べた団体の値だけを示します".to_owned()];
    }
    vec![
        format!("{own_name}の実施率が最も高い項目は{}、", extreme(Ordering::Greater)),
        format!("最も低い項目は{}", extreme(Ordering::Less)),
    ]
}

fn heat_cell(value: Option<Share>) -> HeatCell {
    match value.and_then(|share| Some((share, u16::try_from(share.permille()?).ok()?))) {
        Some((share, permille)) => HeatCell::Value { permille, words: share.percent(0).unwrap_or_default() },
        None => HeatCell::Missing("－".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_out_is_called_the_highest_or_the_lowest() {
        let area = |values: &[Option<u32>]| {
            let topic = Topic { code: String::new(), label: "防災".to_owned(), field: None };
            (topic, values.iter().map(|value| value.map(|n| Share::new(n, 4))).collect::<Vec<_>>())
        };
        let areas = [
            area(&[Some(3), Some(3), Some(1), None]),
            area(&[Some(0), Some(1)]),
            area(&[Some(2), Some(2)]),
            area(&[None, Some(2)]),
        ];
        let finding = areas_finding("弘前市", &areas).concat();
        assert_eq!(finding, "弘前市の実施率が最も高い項目は1、最も低い項目は1");
        assert!(areas_finding("弘前市", &areas[3..]).concat().starts_with("弘前市の値はなく"));
    }
}
