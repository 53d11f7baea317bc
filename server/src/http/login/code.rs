//! `GET /login/code`, `POST /login/code`: the second step of a login.

use app::pages::login::{Login, LoginPage};
use app::pages::login_code::{LoginCode, LoginCodePage};
use app::shell::NavSection;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use serde::Deserialize;

use super::sign_in::is_half_signed_in;
use super::{Attempt, confirm, form, problem_of, wants_json};
use crate::http::auth::AuthSession;
use crate::http::limits::Origin;
use crate::http::page::{Page, Shown, home_of, local_path};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// Where to return to.
#[derive(Deserialize)]
pub struct Asked {
    next: Option<String>,
}

/// The form as typed.
#[derive(Deserialize)]
pub struct Typed {
    code: String,
    next: Option<String>,
    /// As of the login before.
    municipality: Option<String>,
}

/// The form; whoever has not typed a password begins there.
pub async fn get(
    State(state): State<AppState>,
    session: AuthSession,
    page: Page,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let next = asked.next.as_deref().and_then(local_path).map(str::to_owned);
    if !is_half_signed_in(&state, &session).await? {
        return Ok(Redirect::to(&address("/login", next.as_deref())).into_response());
    }
    Ok(show(&page, LoginCode { error: None, next, resumed: None }).await)
}

/// Signs in, as [`super::post::post`] does where no code is asked for.
pub async fn post(
    State(state): State<AppState>,
    mut session: AuthSession,
    page: Page,
    Origin(from): Origin,
    headers: HeaderMap,
    Form(typed): Form<Typed>,
) -> Result<Response, Refusal> {
    let next = typed.next.as_deref().and_then(local_path).map(str::to_owned);
    let only = typed.municipality.as_deref().and_then(|code| code.parse().ok());
    let attempt = confirm(&state, &mut session, &typed.code, from, only).await?;
    if wants_json(&headers) {
        return Ok(problem_of(&attempt));
    }
    let (status, mut response) = match attempt {
        Attempt::SignedIn(account) => {
            return Ok(Redirect::to(next.as_deref().unwrap_or(home_of(&account))).into_response());
        }
        Attempt::CodeAsked(error) => {
            (StatusCode::UNPROCESSABLE_ENTITY, show(&page, LoginCode { error, next, resumed: None }).await)
        }
        Attempt::Refused(status, error) => {
            let model = Login { error: Some(error), ..form(&state, next) };
            let shown = Shown::new("ログイン", NavSection::Account);
            (status, page.show(shown, move || view! { <LoginPage model=model.clone() /> }).await)
        }
    };
    *response.status_mut() = status;
    Ok(response)
}

/// The form.
pub async fn show(page: &Page, model: LoginCode) -> Response {
    let shown = Shown::new("確認コード", NavSection::Account);
    page.show(shown, move || view! { <LoginCodePage model=model.clone() /> }).await
}

/// An address that leads on to `next`.
pub fn address(path: &str, next: Option<&str>) -> String {
    let Some(next) = next else { return path.to_owned() };
    let next: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
    format!("{path}?next={next}")
}
