//! `GET /login/openid/callback`

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::{DEPARTED, Departed, PATIENCE, ask, provider, refuse, told};
use crate::http::auth::AuthSession;
use crate::http::login::{finish, internal};
use crate::http::page::{Page, home_of};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;
use crate::store::SignIn;

/// What the provider sends (RFC 6749, 4.1.2).
#[derive(Deserialize)]
pub struct Sent {
    state: Option<String>,
    code: Option<String>,
}

/// Signs in whoever the provider knows by the e-mail address of an account.
pub async fn get(
    State(state): State<AppState>,
    mut session: AuthSession,
    page: Page,
    Query(sent): Query<Sent>,
) -> Result<Response, Refusal> {
    let provider = provider(&state)?;
    let label = &provider.label;
    // Taken out at once: a state is good for one return.
    let departed: Option<Departed> = session.session.remove(DEPARTED).await.map_err(internal)?;
    let now = state.service.clock().now().0;
    let departed = departed.filter(|departed| now - departed.at <= PATIENCE);
    let Some(Departed { departure, next, .. }) =
        departed.filter(|departed| sent.state.as_deref() == Some(departed.departure.state.as_str()))
    else {
        let words = format!("{label}でのログインが途中で切れました。もう一度、はじめからやり直してください。");
        return Ok(refuse(&state, &page, StatusCode::BAD_REQUEST, words, None).await);
    };
    let Some(code) = sent.code else {
        let words = format!("{label}でのログインが取り消されました。");
        return Ok(refuse(&state, &page, StatusCode::FORBIDDEN, words, next).await);
    };
    let email = match ask(provider.clone(), move |provider| provider.arrive(code, departure)).await? {
        Ok(email) => email,
        Err(failure) => {
            let (status, words) = told(&failure, label);
            return Ok(refuse(&state, &page, status, words, next).await);
        }
    };
    match state.service.account_of_address(&email).await {
        Ok(account) => {
            let home = home_of(&account);
            finish(&state, &mut session, account, SignIn::Provider).await?;
            Ok(Redirect::to(next.as_deref().unwrap_or(home)).into_response())
        }
        Err(Error::Refused(words)) => Ok(refuse(&state, &page, StatusCode::FORBIDDEN, words, next).await),
        Err(other) => Err(other.into()),
    }
}
