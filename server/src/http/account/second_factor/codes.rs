//! `POST /account/second-factor/codes`

use app::pages::second_factor::HeldForm;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use super::{Confirmed, show, show_codes};
use crate::http::account::admit;
use crate::http::auth::Account;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;

/// Makes other recovery codes and shows them.
pub async fn post(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Form(typed): Form<Confirmed>,
) -> Result<Response, Refusal> {
    let tried = admit(&state, &account)?;
    match state.service.renew_recovery_codes(&account, typed.present).await {
        Ok(codes) => {
            state.throttle.succeeded(&tried, state.service.clock().now());
            Ok(show_codes(&state, &page, &account, &codes, true).await)
        }
        Err(Error::Invalid(problems)) => {
            let mut response = show(&state, &page, &account, (Some(HeldForm::Codes), problems)).await?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
        Err(other) => Err(other.into()),
    }
}
