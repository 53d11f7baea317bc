//! `POST /invitation/{token}`

use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::{invited, known, same, show};
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;

/// The form as typed.
#[derive(Deserialize)]
pub struct Typed {
    password: String,
    repeated: String,
}

/// Sets the password and goes on to the login.
pub async fn post(
    State(state): State<AppState>,
    page: Page,
    Path(token): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Refusal> {
    let (code, account) = invited(&state, &token).await?;
    let accepted = match same(typed.password, &typed.repeated) {
        Ok(password) => state.service.accept_invitation(&code, password).await,
        Err(error) => Err(error),
    };
    match accepted {
        Err(Error::Invalid(problems)) => {
            let mut response = show(&state, &page, &code, account, problems).await?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
        other => {
            known(other)?;
            Ok(Redirect::to("/login?from=invitation").into_response())
        }
    }
}
