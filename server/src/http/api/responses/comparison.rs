//! `GET /api/v1/rounds/{year}/responses/{code}/comparison`

use app::pages::desk_changes::ChangesRow;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use shared::wire::{AnswerBesideEarlier, Problem};

use super::parse_code;
use crate::http::api::paging::{PageParameters, Paging};
use crate::http::api::parameters::{Code, Year};
use crate::http::auth::Account;
use crate::http::desk::changes::sections;
use crate::http::forms::parse_year;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// Every answer of a response beside last year's and beside what was handed in before, in words, in the questionnaire's
/// order; for officers.
#[utoipa::path(
    get,
    path = "/api/v1/rounds/{year}/responses/{code}/comparison",
    tag = "rounds",
    params(Year, Code, PageParameters),
    responses(
        (status = OK, body = Vec<AnswerBesideEarlier>),
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
    let (form, events) = state.service.review(&account, parse_year(&year)?, parse_code(&code)?).await?;
    let before = state.service.handed_in_before(&form, &events).await?;
    let rows: Vec<AnswerBesideEarlier> = sections(&form, before.as_ref())
        .into_iter()
        .flat_map(|section| section.rows.into_iter().map(move |row| answer(&section.title, row)))
        .collect();
    let page = paging.of_total(rows.len());
    let rows: Vec<AnswerBesideEarlier> = page.part(rows);
    Ok((page, Json(rows)))
}

fn answer(section: &str, row: ChangesRow) -> AnswerBesideEarlier {
    AnswerBesideEarlier {
        section: section.to_owned(),
        differs_from_last_year: row.differs_from_last_year(),
        differs_from_before: row.differs_from_before(),
        comparable: row.last_year.as_ref().map(|last_year| !last_year.changed),
        last_year: row.last_year.map(|last_year| last_year.words),
        question: row.name,
        words: row.words,
        now: row.now,
        before: row.before,
    }
}
