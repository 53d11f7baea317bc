//! Signing in at the OpenID provider.
//!
//! - [`get`]: going there
//! - [`callback`]: coming back
pub mod callback;
pub mod get;

use std::sync::Arc;

use app::pages::login::{Login, LoginPage};
use app::shell::NavSection;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::form;
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::openid::{Departure, Failure, Provider};
use crate::service::Error;

/// Where the session remembers who has gone to the provider.
const DEPARTED: &str = "openid_departure";
/// How long somebody may take there, in milliseconds.
const PATIENCE: i64 = 10 * 60 * 1000;

/// Somebody who has gone to the provider.
#[derive(Serialize, Deserialize)]
struct Departed {
    departure: Departure,
    /// Where to go afterwards.
    next: Option<String>,
    at: i64,
}

/// The provider; without one there is no such page.
fn provider(state: &AppState) -> Result<Arc<Provider>, Refusal> {
    state.openid.clone().ok_or_else(|| Error::NotFound.into())
}

/// Asks the provider off the async threads.
async fn ask<T: Send + 'static>(
    provider: Arc<Provider>,
    question: impl FnOnce(&Provider) -> Result<T, Failure> + Send + 'static,
) -> Result<Result<T, Failure>, Refusal> {
    let asked = tokio::task::spawn_blocking(move || question(&provider)).await;
    asked.map_err(|error| Error::Internal(error.to_string()).into())
}

/// The login page with what went wrong.
async fn refuse(state: &AppState, page: &Page, status: StatusCode, words: String, next: Option<String>) -> Response {
    let model = Login { error: Some(words), ..form(state, next) };
    let shown = Shown::new("ログイン", NavSection::Account);
    let mut response = page.show(shown, move || view! { <LoginPage model=model.clone() /> }).await;
    *response.status_mut() = status;
    response
}

/// What is told of a failure.
fn told(failure: &Failure, label: &str) -> (StatusCode, String) {
    tracing::info!(%failure, "nobody is signed in by OpenID Connect");
    match failure {
        Failure::Unreachable(_) => (
            StatusCode::BAD_GATEWAY,
            format!(
                "{label}に接続できません。しばらく待ってからお試しください。ログイン名とパスワードでもログインできます。"
            ),
        ),
        Failure::Rejected(_) => (
            StatusCode::FORBIDDEN,
            format!(
                "{label}からの応答を確かめられなかったため、ログインできません。もう一度お試しください。続く場合は県の担当へ連絡してください。"
            ),
        ),
        Failure::Unverified => (
            StatusCode::FORBIDDEN,
            format!(
                "{label}に、本人のものと確認されたメールアドレスがないため、ログインできません。ログイン名とパスワードでログインしてください。"
            ),
        ),
    }
}
