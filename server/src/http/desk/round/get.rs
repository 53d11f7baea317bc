//! `GET /desk/{year}`

use app::pages::desk::{DeskFilter, OpeningForm};
use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;
use shared::municipality::{Kind, Region};
use shared::response::ResponseState;
use shared::tabulation::PopulationBand;
use shared::time::Timestamp;

use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// What the board is narrowed to; what is unknown narrows nothing.
#[derive(Deserialize)]
pub struct Asked {
    region: Option<String>,
    kind: Option<String>,
    band: Option<String>,
    state: Option<String>,
}

/// Days that the opening form proposes for answering.
const PROPOSED_DAYS: i64 = 30;

/// The board of the round.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path(year): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let year = parse_year(&year)?;
    let board = state.service.board(&account, year).await?;
    let rounds = state.service.rounds().await?;
    let filter = DeskFilter {
        region: asked.region.as_deref().and_then(Region::of_label),
        kind: asked.kind.as_deref().and_then(Kind::of_code),
        band: asked.band.as_deref().and_then(PopulationBand::of_code),
        state: asked.state.as_deref().and_then(ResponseState::of_code),
    };
    let now = state.service.clock().now();
    let start_of_year = Timestamp::parse_jst(&format!("{}-04-01T00:00", year.year()));
    let opening = OpeningForm {
        deadline: now.end_of_day_after(PROPOSED_DAYS).input_value(),
        reference_date: start_of_year.map(Timestamp::input_value).unwrap_or_default(),
        problems: Vec::new(),
    };
    Ok(super::show(&page, board, &rounds, filter, opening, now).await)
}
