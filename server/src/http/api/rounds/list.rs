//! `GET /api/v1/rounds`

use axum::Json;
use axum::extract::State;
use shared::round::RoundState;
use shared::wire::RoundSummary;

use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// All rounds that were opened, latest first.
#[utoipa::path(get, path = "/api/v1/rounds", responses((status = OK, body = Vec<RoundSummary>)))]
pub async fn list(State(state): State<AppState>) -> Result<Json<Vec<RoundSummary>>, Refusal> {
    let rounds = state.service.rounds().await?;
    let opened = rounds.into_iter().filter(|round| round.state != RoundState::Draft);
    let summaries = opened.map(|round| RoundSummary {
        year: round.year.year(),
        wareki: round.year.wareki(),
        state: round.state.code().to_owned(),
        reference_date: round.dates.map(|d| d.reference_date.rfc3339()),
        deadline: round.dates.map(|d| d.deadline.rfc3339()),
    });
    Ok(Json(summaries.collect()))
}
