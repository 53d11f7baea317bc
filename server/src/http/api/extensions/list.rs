//! `GET /api/v1/rounds/{year}/extensions`

use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use shared::time::Timestamp;
use shared::wire::{ExtensionOfResponse, Problem, StepOfExtension};

use crate::http::api::paging::{PageParameters, Paging};
use crate::http::api::parameters::Year;
use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::extending::ExtensionRow;
use crate::store::ExtensionEvent;

/// Who asked for a later deadline, and what was decided: what awaits a decision first, then by code; for officers.
#[utoipa::path(
    get,
    path = "/api/v1/rounds/{year}/extensions",
    tag = "rounds",
    params(Year, PageParameters),
    responses(
        (status = OK, body = Vec<ExtensionOfResponse>),
        (status = UNAUTHORIZED, body = Problem, content_type = "application/problem+json"),
        (status = FORBIDDEN, body = Problem, content_type = "application/problem+json"),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list(
    State(state): State<AppState>,
    Account(account): Account,
    Path(year): Path<String>,
    paging: Paging,
) -> Result<impl IntoResponse, Refusal> {
    let rows = state.service.extensions(&account, parse_year(&year)?).await?.rows;
    let page = paging.of_total(rows.len());
    let extensions: Vec<ExtensionOfResponse> = page.part(rows.iter().map(extension));
    Ok((page, Json(extensions)))
}

fn extension(row: &ExtensionRow) -> ExtensionOfResponse {
    ExtensionOfResponse {
        code: row.municipality.code.to_string(),
        name: row.municipality.name.clone(),
        state: row.state.code().to_owned(),
        granted_until: row.extension.granted_until().map(Timestamp::rfc3339),
        awaits_decision: row.extension.open_request().is_some(),
        steps: row.extension.events.iter().map(step).collect(),
    }
}

fn step(event: &ExtensionEvent) -> StepOfExtension {
    StepOfExtension {
        step: event.step.code().to_owned(),
        until: event.until.map(Timestamp::rfc3339),
        reason: event.reason.clone(),
        author: event.by.name.clone(),
        at: event.at.rfc3339(),
    }
}
