//! `POST /desk/preview/end`

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};

use crate::http::auth::Account;
use crate::http::state::AppState;

/// Ends the officer's preview.
pub async fn post(State(state): State<AppState>, Account(officer): Account) -> Response {
    state.previews.end(officer.id);
    Redirect::to("/desk").into_response()
}
