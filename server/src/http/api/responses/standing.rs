//! `GET /api/v1/rounds/{year}/responses/{code}/standing`

use axum::Json;
use axum::extract::{Path, State};
use shared::comparison::{Change, Changes};
use shared::wire::{ChangeOfStage, ChangesOfStages, Problem, StandingOfResponse};

use super::parse_code;
use crate::http::api::comparison::get::elsewhere;
use crate::http::api::parameters::{Code, Year};
use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;

/// What the own response tells its municipality once it is handed in: stages that rose and fell since the year before, and
/// who did what it plans. The own place among others is the exhibit `position`.
#[utoipa::path(
    get,
    path = "/api/v1/rounds/{year}/responses/{code}/standing",
    tag = "rounds",
    params(Year, Code),
    responses(
        (status = OK, body = StandingOfResponse),
        (status = UNAUTHORIZED, body = Problem, content_type = "application/problem+json"),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    Path((year, code)): Path<(String, String)>,
) -> Result<Json<StandingOfResponse>, Refusal> {
    let (year, code) = (parse_year(&year)?, parse_code(&code)?);
    if account.answers_for() != Some(code) {
        return Err(Error::NotFound.into());
    }
    let form = state.service.own_form(&account, year).await?;
    if form.response.receipt.is_none() || !form.response.state.is_handed_in() {
        return Err(Error::NotFound.into());
    }
    let standing = state.service.standing(&account, &form).await?;
    Ok(Json(StandingOfResponse {
        changes: standing.changes.map(changes),
        planned_in: standing.last.map(|last| last.year.year()),
        planned: standing.planned.iter().map(elsewhere).collect(),
    }))
}

fn changes(changes: Changes) -> ChangesOfStages {
    let named = |changes: Vec<Change>| changes.into_iter().map(change).collect();
    ChangesOfStages {
        since: changes.since.year(),
        advanced: named(changes.advanced),
        receded: named(changes.receded),
        unchanged: changes.unchanged,
        not_compared: changes.not_compared,
    }
}

fn change(Change { number, label, from, to }: Change) -> ChangeOfStage {
    ChangeOfStage { number, label, from, to }
}
