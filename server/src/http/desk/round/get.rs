//! `GET /desk/{year}`

use axum::extract::{Path, Query, State};
use axum::response::Response;

use super::{Around, filter_of};
use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// The board of the round.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path(year): Path<String>,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let board = state.service.board(&account, parse_year(&year)?).await?;
    let rounds = state.service.rounds().await?;
    let around = Around { filter: filter_of(&asked), ..Around::default() };
    Ok(super::show(&page, board, &rounds, around, state.service.clock().now()).await)
}
