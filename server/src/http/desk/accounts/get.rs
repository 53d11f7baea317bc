//! `GET /desk/accounts`

use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;

use super::{Around, show};
use crate::http::auth::Account;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// What the list is narrowed to.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    standing: String,
}

/// The list.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let around = Around { asked: asked.q, standing: asked.standing, ..Around::default() };
    show(&state, &account, &page, around).await
}
