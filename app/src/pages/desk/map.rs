//! The board as a tile map.

use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::response::ResponseState;

use super::board::DeskRow;
use crate::chart::map::{MapPlace, MapValues};
use crate::chart::palette::Look;
use crate::chart::tile_map::tile_map;
use crate::components::picture::Picture;

/// Steps from the first answer to the acceptance.
const STEPS: u8 = 5;

/// Where each response stands, on a map; the table beside it says the same.
#[expect(clippy::needless_pass_by_value, reason = "a component owns what it shows")]
#[component]
pub fn BoardMap(
    /// The round.
    year: FiscalYear,
    /// The municipalities shown.
    rows: Vec<DeskRow>,
    /// Generated data.
    demonstration: bool,
) -> impl IntoView {
    let values = values(&rows);
    let title = format!("{year}の回答の状況");
    view! { <Picture id="board-map" demonstration draw=move |frame| tile_map(frame, &title, &values) /> }
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
