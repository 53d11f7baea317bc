//! `GET /api/v1/rounds/{year}/responses`

use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use shared::municipality::Region;
use shared::time::Timestamp;
use shared::wire::{Problem, ResponseSummary};

use crate::http::api::paging::{PageParameters, Paging};
use crate::http::api::parameters::Year;
use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::rounds::BoardRow;

/// Progress of every municipality, by code; for officers.
#[utoipa::path(
    get,
    path = "/api/v1/rounds/{year}/responses",
    tag = "rounds",
    params(Year, PageParameters),
    responses(
        (status = OK, body = Vec<ResponseSummary>),
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
    let board = state.service.board(&account, parse_year(&year)?).await?;
    let page = paging.of_total(board.rows.len());
    let summaries: Vec<ResponseSummary> = page.part(board.rows.iter().map(summary));
    Ok((page, Json(summaries)))
}

fn summary(row: &BoardRow) -> ResponseSummary {
    ResponseSummary {
        code: row.municipality.code.to_string(),
        name: row.municipality.name.clone(),
        kind: row.municipality.kind.code().to_owned(),
        region: row.municipality.region.map(Region::code).map(str::to_owned),
        state: row.response.state.code().to_owned(),
        answered: row.answered,
        asked: row.asked,
        updated_at: row.response.updated_at.map(Timestamp::rfc3339),
        returned: row.returned,
        inquiries: row.inquiries,
        receipt: row.response.receipt.as_ref().map(|r| r.number.clone()),
        extended_until: row.extension.granted_until().map(Timestamp::rfc3339),
        asks_for_extension: row.extension.open_request().is_some(),
    }
}
