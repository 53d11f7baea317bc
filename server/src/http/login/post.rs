//! `POST /login`

use app::pages::login::{Login, LoginPage};
use app::shell::NavSection;
use axum::Form;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use serde::Deserialize;

use super::{Attempt, code, form, problem_of, sign_in, wants_json};
use crate::http::auth::{AuthSession, Credentials};
use crate::http::limits::Origin;
use crate::http::page::{Page, Shown, home_of, local_path};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// The form as typed.
#[derive(Deserialize)]
pub struct Typed {
    login_name: String,
    password: String,
    next: Option<String>,
    /// Take only accounts that answer for this municipality: the login stands on its page.
    municipality: Option<String>,
}

/// Signs in, or goes on to the code; the session gets a new id. Whoever asks for JSON gets no page: 204, or a problem.
pub async fn post(
    State(state): State<AppState>,
    mut session: AuthSession,
    page: Page,
    Origin(from): Origin,
    headers: HeaderMap,
    Form(typed): Form<Typed>,
) -> Result<Response, Refusal> {
    let login_name = typed.login_name.trim().to_owned();
    let next = typed.next.as_deref().and_then(local_path).map(str::to_owned);
    let only = typed.municipality.as_deref().and_then(|code| code.parse().ok());
    let credentials = Credentials { login_name: login_name.clone(), password: typed.password };
    let attempt = sign_in(&state, &mut session, credentials, from, only).await?;
    if wants_json(&headers) {
        return Ok(problem_of(&attempt));
    }
    let (status, error) = match attempt {
        Attempt::SignedIn(account) => {
            return Ok(Redirect::to(next.as_deref().unwrap_or(home_of(&account))).into_response());
        }
        Attempt::CodeAsked(_) => {
            return Ok(Redirect::to(&code::address("/login/code", next.as_deref())).into_response());
        }
        Attempt::Refused(status, words) => (status, words),
    };
    let model = Login { login_name, error: Some(error), ..form(&state, next) };
    let shown = Shown::new("ログイン", NavSection::Account);
    let mut response = page.show(shown, move || view! { <LoginPage model=model.clone() /> }).await;
    *response.status_mut() = status;
    Ok(response)
}
