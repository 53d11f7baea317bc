//! `GET /desk/{year}`

use app::pages::desk::OpeningForm;
use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use shared::time::Timestamp;

use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// Days that the opening form proposes for answering.
const PROPOSED_DAYS: i64 = 30;

/// The board of the round.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path(year): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Refusal> {
    let year = parse_year(&year)?;
    let board = state.service.board(&account, year).await?;
    let rounds = state.service.rounds().await?;
    let filter = super::filter(query.as_deref().unwrap_or_default());
    let now = state.service.clock().now();
    let start_of_year = Timestamp::parse_jst(&format!("{}-04-01T00:00", year.year()));
    let opening = OpeningForm {
        deadline: now.end_of_day_after(PROPOSED_DAYS).input_value(),
        reference_date: start_of_year.map(Timestamp::input_value).unwrap_or_default(),
        problems: Vec::new(),
    };
    Ok(super::show(&page, board, &rounds, filter, opening, now).await)
}
