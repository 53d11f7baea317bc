//! `GET /desk/{year}/{code}`

use app::pages::desk_response::TypedReturn;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use shared::municipality::MunicipalityCode;

use crate::http::auth::Account;
use crate::http::desk::check::return_reasons;
use crate::http::forms::parse_year;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;

/// The response, what happened to it, and the buttons that accept it or send it back; about findings, with their
/// questions chosen and reasons to begin from.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path((year, code)): Path<(String, String)>,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let code: MunicipalityCode = code.parse().map_err(|_| Error::NotFound)?;
    let year = parse_year(&year)?;
    let (form, events) = state.service.review(&account, year, code).await?;
    let reasons = return_reasons(&state, &account, year, code, &asked).await?;
    let typed = TypedReturn {
        chosen: reasons.keys().cloned().collect(),
        proposed: reasons.clone(),
        reasons,
        ..TypedReturn::default()
    };
    super::show(&state, &page, &account, &form, &events, typed).await
}
