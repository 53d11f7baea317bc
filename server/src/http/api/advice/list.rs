//! `GET /api/v1/rounds/{year}/advice`

use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use shared::wire::{Advice, Problem};

use crate::http::api::paging::{PageParameters, Paging};
use crate::http::api::parameters::Year;
use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::store::QuestionAndAnswer;

/// The prefecture's answers of general interest, oldest first; withdrawn ones for its staff only.
#[utoipa::path(
    get,
    path = "/api/v1/rounds/{year}/advice",
    tag = "rounds",
    params(Year, PageParameters),
    responses(
        (status = OK, body = Vec<Advice>),
        (status = UNAUTHORIZED, body = Problem, content_type = "application/problem+json"),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list(
    State(state): State<AppState>,
    Account(account): Account,
    Path(year): Path<String>,
    paging: Paging,
) -> Result<impl IntoResponse, Refusal> {
    let year = parse_year(&year)?;
    let all = if account.answers_for().is_some() {
        state.service.own_form(&account, year).await?;
        state.service.advice(year).await?
    } else {
        state.service.all_advice(&account, year).await?
    };
    let page = paging.of_total(all.len());
    let entries: Vec<Advice> = page.part(all).into_iter().map(entry).collect();
    Ok((page, Json(entries)))
}

fn entry(entry: QuestionAndAnswer) -> Advice {
    Advice {
        id: entry.id,
        question: entry.question.map(|question| question.to_string()),
        asked: entry.asked,
        answer: entry.answer,
        withdrawn: entry.withdrawn,
        at: entry.at.rfc3339(),
    }
}
