//! `GET /answer/{year}/{section}`

use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;

use crate::http::auth::Account;
use crate::http::forms::{Leftovers, parse_year};
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// Where the visitor comes from.
#[derive(Deserialize)]
pub struct Asked {
    from: Option<String>,
}

/// The section's questions with what was answered so far.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path((year, section)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let form = state.service.own_form(&account, parse_year(&year)?).await?;
    let section = super::find(&form, &section)?;
    let from_check = asked.from.as_deref() == Some("check");
    let now = state.service.clock().now();
    Ok(super::show(&page, &form, section, &Leftovers::default(), from_check, now).await)
}
