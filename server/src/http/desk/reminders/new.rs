//! `GET /desk/{year}/reminders/new`

use axum::extract::{Path, Query, State};
use axum::response::Response;
use shared::reminder::Occasion;
use shared::time::Timestamp;

use super::{Draft, sender, show};
use crate::http::auth::Account;
use crate::http::forms::{draw_request, parse_year};
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;
use crate::store::RoundRecord;

/// The form, with a letter to begin from: `?template=`, or the one that fits the day.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path(year): Path<String>,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let year = parse_year(&year)?;
    let codes = asked.iter().filter(|(name, _)| name == "municipality").filter_map(|(_, code)| code.parse().ok());
    let codes = codes.collect();
    let reach = state.service.reach(&account, year, &codes, &sender(&state)).await?;
    let chosen = asked.iter().find(|(name, _)| name == "template").and_then(|(_, code)| Occasion::of_code(code));
    let round = state.service.rounds().await?.into_iter().find(|round| round.year == year).ok_or(Error::NotFound)?;
    let occasion = chosen.unwrap_or_else(|| fitting(&round, state.service.clock().now()));
    let draft = Draft { year, request: draw_request()?, codes, template: occasion.template() };
    Ok(show(&state, &page, draft, &reach, Vec::new(), Vec::new()).await)
}

/// Before the deadline it is near, afterwards it is late.
fn fitting(round: &RoundRecord, now: Timestamp) -> Occasion {
    match round.dates {
        Some(dates) if dates.deadline <= now => Occasion::Late,
        Some(_) | None => Occasion::Near,
    }
}
