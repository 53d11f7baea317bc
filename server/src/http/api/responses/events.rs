//! `GET /api/v1/rounds/{year}/responses/{code}/events`

use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use shared::wire::{EventOfResponse, Problem};

use super::parse_code;
use crate::http::api::paging::{PageParameters, Paging};
use crate::http::api::parameters::{Code, Year};
use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::course::{Step, steps};
use crate::store::ResponseEvent;

/// What happened to a response, oldest first; for officers.
#[utoipa::path(
    get,
    path = "/api/v1/rounds/{year}/responses/{code}/events",
    tag = "rounds",
    params(Year, Code, PageParameters),
    responses(
        (status = OK, body = Vec<EventOfResponse>),
        (status = UNAUTHORIZED, body = Problem, content_type = "application/problem+json"),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    Path((year, code)): Path<(String, String)>,
    paging: Paging,
) -> Result<impl IntoResponse, Refusal> {
    let (_, events) = state.service.review(&account, parse_year(&year)?, parse_code(&code)?).await?;
    let page = paging.of_total(events.len());
    let events: Vec<EventOfResponse> = page.part(steps(&events).map(event));
    Ok((page, Json(events)))
}

/// What an approver wrote to the own colleagues stays with them.
fn event(step: Step<'_>) -> EventOfResponse {
    let ResponseEvent { at, by, to, note } = step.event;
    EventOfResponse {
        at: at.rfc3339(),
        author: by.name.clone(),
        state: to.code().to_owned(),
        note: if step.is_sent_back() { String::new() } else { note.clone() },
    }
}
