//! `GET /desk/accounts/{id}`

use axum::extract::{Path, State};
use axum::response::Response;

use super::{model, parse_id, show};
use crate::http::auth::Account;
use crate::http::desk::accounts::typed::Names;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// The account as stored.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let person = state.service.person(&account, parse_id(&id)?).await?;
    let model = model(&state, &account, &person, &Names::of(&state).await?).await?;
    Ok(show(&page, model).await)
}
