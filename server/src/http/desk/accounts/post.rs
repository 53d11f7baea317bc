//! `POST /desk/accounts`

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::typed::{Names, change, read};
use super::{Around, show};
use crate::access::Role;
use crate::http::auth::Account;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;
use crate::service::accounts::AccountRequest;

/// Adds an account and goes on to it.
pub async fn post(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    // Who may not is told so whatever was typed.
    if !account.is(Role::Officer) {
        return Err(Error::Forbidden.into());
    }
    let typed = read(pairs);
    let (change, unread) = change(&typed, &Names::of(&state).await?);
    let request = AccountRequest {
        login_name: typed.login_name.clone(),
        display_name: change.display_name,
        password: None,
        email: change.email,
        municipality: change.municipality,
        roles: change.roles,
    };
    match state.service.add_person(&account, request, unread).await {
        Ok(id) => Ok(Redirect::to(&format!("/desk/accounts/{}", id.0)).into_response()),
        Err(Error::Invalid(problems)) => {
            let mut response = show(&state, &account, &page, Around { typed, problems, ..Around::default() }).await?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
        Err(other) => Err(other.into()),
    }
}
