//! `POST /tokens`

use app::pages::tokens::Made;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use super::Typed;
use crate::access::Scope;
use crate::http::auth::Account;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;
use crate::service::api_tokens::ApiTokenRequest;

fn typed(body: &Bytes) -> Typed {
    let mut typed = Typed { name: String::new(), scopes: Vec::new(), days: 0 };
    for (name, value) in form_urlencoded::parse(body) {
        match &*name {
            "name" => typed.name = value.into_owned(),
            "scope" => typed.scopes.push(value.into_owned()),
            "days" => typed.days = value.parse().unwrap_or_default(),
            _ => {}
        }
    }
    typed
}

/// Makes a token and shows it, this once: nothing leads back to it, so there is no address to go on to (201).
pub async fn post(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    body: Bytes,
) -> Result<Response, Refusal> {
    let typed = typed(&body);
    let mut random = [0_u8; 32];
    getrandom::fill(&mut random).map_err(|error| Error::Internal(error.to_string()))?;
    let request = ApiTokenRequest {
        name: typed.name.clone(),
        // A code that is none was not chosen on the page.
        scopes: typed.scopes.iter().filter_map(|code| Scope::of_code(code)).collect(),
        days: typed.days,
    };
    let (status, left, made) = match state.service.add_api_token(&account, request, random).await {
        Ok(secret) => {
            let made = Made { name: typed.name.trim().to_owned(), secret: secret.into_text() };
            (StatusCode::CREATED, (Typed::default(), Vec::new()), Some(made))
        }
        Err(Error::Invalid(problems)) => (StatusCode::UNPROCESSABLE_ENTITY, (typed, problems), None),
        Err(other) => return Err(other.into()),
    };
    let mut response = super::show(&state, &account, &page, left, made).await?;
    *response.status_mut() = status;
    Ok(response)
}
