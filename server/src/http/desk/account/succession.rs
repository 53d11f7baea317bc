//! `POST /desk/accounts/{id}/succession`

use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::{model, parse_id, show};
use crate::http::auth::Account;
use crate::http::desk::accounts::typed::{Names, email, read};
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;
use crate::service::personnel::Successor;

/// Hands the account over and goes on to the successor's.
pub async fn post(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path(id): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let person = state.service.person(&account, parse_id(&id)?).await?;
    let typed = read(pairs);
    let (email, unread) = email(&typed);
    let (login_name, display_name) = (typed.login_name.clone(), typed.display_name.clone());
    let successor = Successor { login_name, display_name, email };
    match state.service.hand_over(&account, person.id, successor, unread).await {
        Ok(id) => Ok(Redirect::to(&format!("/desk/accounts/{}", id.0)).into_response()),
        Err(Error::Invalid(problems)) => {
            let mut model = model(&state, &account, &person, &Names::of(&state).await?).await?;
            (model.succession, model.succession_problems) = (typed, problems);
            let mut response = show(&page, model).await;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
        Err(other) => Err(other.into()),
    }
}
