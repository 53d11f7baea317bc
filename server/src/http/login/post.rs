//! `POST /login`

use app::pages::login::{Login, LoginPage};
use app::shell::NavSection;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use serde::Deserialize;

use super::demo_accounts;
use crate::http::auth::{AuthSession, Credentials};
use crate::http::page::{Page, Shown, home_of, local_path};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;

/// The form as typed.
#[derive(Deserialize)]
pub struct Typed {
    login_name: String,
    password: String,
    next: Option<String>,
}

/// Signs in; the session gets a new id.
pub async fn post(
    State(state): State<AppState>,
    mut session: AuthSession,
    page: Page,
    Form(typed): Form<Typed>,
) -> Result<Response, Refusal> {
    let login_name = typed.login_name.trim().to_owned();
    let now = state.service.clock().now();
    let next = typed.next.as_deref().and_then(local_path).map(str::to_owned);
    let (status, error) = if state.throttle.allows(&login_name, now) {
        // Counted before it is known: attempts sent at once must not all find the count low.
        state.throttle.failed(&login_name, now);
        let credentials = Credentials { login_name: login_name.clone(), password: typed.password };
        let found = session.authenticate(credentials).await.map_err(internal)?;
        if let Some(account) = found {
            // Signing in changes the id of a new session only; one that is signed in already gets another id too.
            session.session.cycle_id().await.map_err(internal)?;
            session.login(&account).await.map_err(internal)?;
            state.throttle.succeeded(&login_name);
            return Ok(Redirect::to(next.as_deref().unwrap_or(home_of(&account))).into_response());
        }
        (StatusCode::UNPROCESSABLE_ENTITY, "ログイン名またはパスワードが違います。入力を確認してください。")
    } else {
        (
            StatusCode::TOO_MANY_REQUESTS,
            "ログインに続けて失敗したため、受付を止めています。15分ほど待ってからお試しください。",
        )
    };
    let demo_accounts = demo_accounts(&state);
    let model = Login { login_name, error: Some(error.to_owned()), next, demo_accounts };
    let shown = Shown::new("ログイン", NavSection::Account);
    let mut response = page.show(shown, move || view! { <LoginPage model=model.clone() /> }).await;
    *response.status_mut() = status;
    Ok(response)
}

fn internal(error: impl std::fmt::Display) -> Refusal {
    Refusal::Service(Error::Internal(error.to_string()))
}
