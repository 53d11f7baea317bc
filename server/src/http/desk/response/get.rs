//! `GET /desk/{year}/{code}`

use app::pages::desk_response::TypedReturn;
use axum::extract::{Path, State};
use axum::response::Response;
use shared::municipality::MunicipalityCode;

use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;

/// The response, what happened to it, and the buttons that accept it or send it back.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path((year, code)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let code: MunicipalityCode = code.parse().map_err(|_| Error::NotFound)?;
    let (form, events) = state.service.review(&account, parse_year(&year)?, code).await?;
    super::show(&state, &page, &form, &events, TypedReturn::default()).await
}
