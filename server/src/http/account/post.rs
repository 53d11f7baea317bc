//! `POST /account`: another password.

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::show;
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
    let now = state.service.clock().now();
    // Whoever finds a screen left open must not try passwords at will.
    if !state.throttle.allows(&account.login_name, now) {
        let message = "現在のパスワードを続けて間違えたため、受付を止めています。15分ほど待ってからお試しください。";
        return Err(Error::Refused(message.to_owned()).into());
    }
    state.throttle.failed(&account.login_name, now);
    let changed = match same(typed.password, &typed.repeated) {
        Ok(password) => state.service.change_password(&account, typed.present, password).await,
        Err(error) => Err(error),
    };
    match changed {
        Ok(()) => {}
        Err(Error::Invalid(problems)) => {
            let mut response = show(&state, &page, &account, false, problems).await?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            return Ok(response);
        }
        Err(other) => return Err(other.into()),
    }
    state.throttle.succeeded(&account.login_name);
    let internal = |error: &dyn std::fmt::Display| Error::Internal(error.to_string());
    let renewed = state.service.account(account.id).await?.ok_or(Error::NotFound)?;
    session.session.cycle_id().await.map_err(|error| internal(&error))?;
    session.login(&renewed).await.map_err(|error| internal(&error))?;
    Ok(Redirect::to("/account?changed=password").into_response())
}
