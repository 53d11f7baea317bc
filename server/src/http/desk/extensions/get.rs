//! `GET /desk/{year}/extensions`

use std::collections::BTreeMap;

use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;

use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// Of whom the page shows the form although it asked for nothing.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    municipality: String,
}

/// Who asked for a later deadline, and what was decided.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path(year): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let chosen = asked.municipality.parse().ok();
    super::show(&state, &account, &page, parse_year(&year)?, chosen, BTreeMap::new()).await
}
