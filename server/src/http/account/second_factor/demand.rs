//! Middleware: an officer who must have a second factor and has none sets it up before anything else.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

use crate::http::auth::AuthSession;
use crate::http::login::is_by_provider;
use crate::http::page::is_within;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;
use crate::service::api_tokens::Bearer;

/// Where it is set up.
const SETUP: &str = "/account/second-factor";
/// What else can be done without it.
const FREE: [&str; 3] = [SETUP, "/login", "/logout"];

/// Leads to the setup. A token is a credential of its own: it was made by whoever could sign in. Further factors of a
/// sign-in at the OpenID provider are the provider's matter.
pub async fn demand(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let session = request.extensions().get::<AuthSession>().cloned();
    let free = is_within(path, &FREE) || request.extensions().get::<Bearer>().is_some();
    let Some(session) = session.filter(|_| !free) else { return next.run(request).await };
    match lacks(&state, &session).await {
        Ok(false) => next.run(request).await,
        Ok(true) if request.method().is_safe() && !path.starts_with("/api/") => Redirect::to(SETUP).into_response(),
        Ok(true) => {
            let message = "県担当のアカウントには、二要素認証が必要です。「アカウント」の画面で設定してください。";
            Refusal::from(Error::Refused(message.to_owned())).into_response()
        }
        Err(refusal) => refusal.into_response(),
    }
}

async fn lacks(state: &AppState, session: &AuthSession) -> Result<bool, Refusal> {
    let Some(account) = &session.user else { return Ok(false) };
    Ok(state.service.lacks_second_factor(account).await? && !is_by_provider(session).await?)
}
