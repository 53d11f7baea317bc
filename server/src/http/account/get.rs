//! `GET /account`

use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;

use super::show;
use crate::http::auth::Account;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// What was just done.
#[derive(Deserialize)]
pub struct Asked {
    changed: Option<String>,
}

/// The own account.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let done = match asked.changed.as_deref() {
        Some("password") => Some("パスワードを変更しました。ほかの画面のログインは終わりました。"),
        Some("second-factor") => Some("二要素認証を解除しました。ほかの画面のログインは終わりました。"),
        Some(_) | None => None,
    };
    show(&state, &page, &account, done, Vec::new()).await
}
