//! The board as a tile map, on its page and under an address of its own.

use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::response::ResponseState;

use super::board::{DeskFilter, DeskRow};
use crate::chart::map::{MapPlace, MapValues};
use crate::chart::palette::Look;
use crate::chart::{Chart, Frame};
use crate::components::exhibit::Downloads;
use crate::components::picture::Picture;
use crate::exhibit::table::{Column, DataTable, Value};
use crate::exhibit::{Address, Exhibit};

/// Steps from the first answer to the acceptance.
const STEPS: u8 = 5;

/// Where each response stands, on a map; the board below it says the same and more.
#[component]
pub fn BoardMap(
    /// The map.
    exhibit: Exhibit,
) -> impl IntoView {
    let title = exhibit.title();
    let Exhibit { id, chart, address, demonstration, .. } = exhibit;
    let drawn = chart.is_some();
    view! {
        {chart.map(|chart| {
            let draw = move |frame: Frame<'_>| chart.draw(frame, &title);
            view! { <Picture id demonstration draw /> }
        })}
        {address.map(|address| view! { <Downloads address alone=false drawn /> })}
    }
}

/// Where the responses of the municipalities shown stand.
pub fn board(year: FiscalYear, rows: &[DeskRow], filter: DeskFilter, demonstration: bool) -> Exhibit {
    let accepted = rows.iter().filter(|row| row.state == ResponseState::Accepted).count();
    let whole = |number: usize| Value::Whole(i64::try_from(number).unwrap_or(i64::MAX));
    let cells = |row: &DeskRow| {
        let region = row.region.map_or(Value::Nothing, |region| Value::Text(region.label().to_owned()));
        let state = Value::Text(row.state.label().to_owned());
        let (name, code) = (Value::Text(row.name.clone()), Value::Text(row.code.to_string()));
        vec![name, code, region, state, whole(row.answered), whole(row.asked)]
    };
    Exhibit {
        id: "board-map".to_owned(),
        finding: vec![
            format!("「{}」は", ResponseState::Accepted.label()),
            format!("{}団体のうち", rows.len()),
            format!("{accepted}団体です"),
        ],
        subtitle: format!("{year}の調査の、市町村ごとの回答の状況。"),
        chart: (!rows.is_empty()).then(|| Chart::TileMap(values(rows))),
        table: DataTable {
            caption: format!("市町村ごとの回答の状況（{year}）"),
            columns: vec![
                Column::words("市町村", "municipality"),
                Column::words("団体コード", "municipality_code").in_files(),
                Column::words("地域", "region"),
                Column::words("状況", "state"),
                Column::whole("回答した設問", "answered", "設問"),
                Column::whole("聞いている設問", "asked", "設問"),
            ],
            rows: rows.iter().map(cells).collect(),
        },
        notes: Vec::new(),
        source: format!("資料：{year}の調査の回答の状況（県の管理）"),
        computation: None,
        address: Some(Address { path: format!("/pictures/desk/{}/board", year.year()), query: filter.query() }),
        demonstration,
    }
}

fn values(rows: &[DeskRow]) -> MapValues {
    let place = |row: &DeskRow| MapPlace {
        code: row.code,
        name: row.name.clone(),
        tile: row.tile,
        look: look(row.state),
        partly: false,
        words: row.state.label().to_owned(),
    };
    let entry = |state: ResponseState| {
        let count = rows.iter().filter(|row| row.state == state).count();
        (count > 0).then(|| (look(state), format!("{} {count}団体", state.label())))
    };
    MapValues {
        places: rows.iter().map(place).collect(),
        legend: ResponseState::ALL.into_iter().filter_map(entry).collect(),
    }
}

/// The further, the darker; what is missing or has gone back is no step.
fn look(state: ResponseState) -> Look {
    match state {
        ResponseState::NotStarted => Look::Missing(0),
        ResponseState::InProgress => Look::Stage { place: 1, of: STEPS },
        ResponseState::AwaitingApproval => Look::Stage { place: 2, of: STEPS },
        ResponseState::Submitted => Look::Stage { place: 3, of: STEPS },
        ResponseState::Accepted => Look::Stage { place: 4, of: STEPS },
        ResponseState::Returned => Look::Distinct(1),
    }
}
