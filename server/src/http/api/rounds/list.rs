//! `GET /api/v1/rounds`

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use shared::round::RoundState;
use shared::wire::RoundSummary;

use crate::http::api::paging::{PageParameters, Paging};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::store::RoundRecord;

/// All rounds that were opened, latest first.
#[utoipa::path(
    get,
    path = "/api/v1/rounds",
    tag = "rounds",
    params(PageParameters),
    responses((status = OK, body = Vec<RoundSummary>))
)]
pub async fn list(State(state): State<AppState>, paging: Paging) -> Result<impl IntoResponse, Refusal> {
    let mut rounds = state.service.rounds().await?;
    rounds.retain(|round| round.state != RoundState::Draft);
    let page = paging.of_total(rounds.len());
    let summary = |round: RoundRecord| RoundSummary {
        year: round.year.year(),
        wareki: round.year.wareki(),
        state: round.state.code().to_owned(),
        reference_date: round.dates.map(|d| d.reference_date.rfc3339()),
        deadline: round.dates.map(|d| d.deadline.rfc3339()),
    };
    let summaries: Vec<RoundSummary> = page.part(rounds).into_iter().map(summary).collect();
    Ok((page, Json(summaries)))
}
