//! `POST /account`: another password.

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::{admit, renew, show};
use crate::http::auth::{Account, AuthSession};
use crate::http::invitation::same;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;

/// The form as typed.
#[derive(Deserialize)]
pub struct Typed {
    present: String,
    password: String,
    repeated: String,
}

/// Sets the password; this session goes on, every other one ends.
pub async fn post(
    State(state): State<AppState>,
    Account(account): Account,
    mut session: AuthSession,
    page: Page,
    Form(typed): Form<Typed>,
) -> Result<Response, Refusal> {
    let tried = admit(&state, &account)?;
    let changed = match same(typed.password, &typed.repeated) {
        Ok(password) => state.service.change_password(&account, typed.present, password).await,
        Err(error) => Err(error),
    };
    match changed {
        Ok(()) => {}
        Err(Error::Invalid(problems)) => {
            let mut response = show(&state, &page, &account, None, problems).await?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            return Ok(response);
        }
        Err(other) => return Err(other.into()),
    }
    state.throttle.succeeded(&tried, state.service.clock().now());
    renew(&state, &mut session, &account).await?;
    Ok(Redirect::to("/account?changed=password").into_response())
}
