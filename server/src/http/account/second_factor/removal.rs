//! `POST /account/second-factor/removal`

use app::pages::second_factor::HeldForm;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::{Confirmed, show};
use crate::http::account::{admit, renew};
use crate::http::auth::{Account, AuthSession};
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;

/// Takes the second factor away; this session goes on, every other one ends.
pub async fn post(
    State(state): State<AppState>,
    Account(account): Account,
    mut session: AuthSession,
    page: Page,
    Form(typed): Form<Confirmed>,
) -> Result<Response, Refusal> {
    let tried = admit(&state, &account)?;
    match state.service.remove_second_factor(&account, typed.present).await {
        Ok(()) => {
            state.throttle.succeeded(&tried, state.service.clock().now());
            renew(&state, &mut session, &account).await?;
            Ok(Redirect::to("/account?changed=second-factor").into_response())
        }
        Err(Error::Invalid(problems)) => {
            let mut response = show(&state, &page, &account, (Some(HeldForm::Removal), problems)).await?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
        Err(other) => Err(other.into()),
    }
}
