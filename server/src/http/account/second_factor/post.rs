//! `POST /account/second-factor`

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

use super::{set_up, show_codes};
use crate::http::account::{admit, renew};
use crate::http::auth::{Account, AuthSession};
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;
use crate::service::second_factor::totp::Secret;

/// The form as typed.
#[derive(Deserialize)]
pub struct Typed {
    /// What stood on the page.
    secret: String,
    present: String,
    code: String,
}

/// Sets the second factor and shows its recovery codes; this session goes on, every other one ends.
pub async fn post(
    State(state): State<AppState>,
    Account(account): Account,
    mut session: AuthSession,
    page: Page,
    Form(typed): Form<Typed>,
) -> Result<Response, Refusal> {
    let broken = || Refusal::BadRequest("画面を開き直して、もう一度設定してください。".to_owned());
    let secret = Secret::parse(&typed.secret).ok_or_else(broken)?;
    let tried = admit(&state, &account)?;
    match state.service.set_second_factor(&account, typed.present, &secret, &typed.code).await {
        Ok(codes) => {
            state.throttle.succeeded(&tried, state.service.clock().now());
            renew(&state, &mut session, &account).await?;
            Ok(show_codes(&state, &page, &account, &codes, false).await)
        }
        Err(Error::Invalid(problems)) => {
            let mut response = set_up(&state, &page, &account, &secret, problems).await?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
        Err(other) => Err(other.into()),
    }
}
