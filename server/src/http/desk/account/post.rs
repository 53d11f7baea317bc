//! `POST /desk/accounts/{id}`

use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::{model, parse_id, show};
use crate::http::auth::Account;
use crate::http::desk::accounts::typed::{Names, change, read};
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;

/// Changes the account and shows it again.
pub async fn post(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path(id): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let person = state.service.person(&account, parse_id(&id)?).await?;
    let (typed, names) = (read(pairs), Names::of(&state).await?);
    let (change, unread) = change(&typed, &names);
    match state.service.change_person(&account, person.id, change, unread).await {
        Ok(()) => Ok(Redirect::to(&format!("/desk/accounts/{}", person.id.0)).into_response()),
        Err(Error::Invalid(problems)) => {
            let mut model = model(&state, &account, &person, &names).await?;
            (model.typed, model.problems) = (typed, problems);
            let mut response = show(&page, model).await;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
        Err(other) => Err(other.into()),
    }
}
