//! `GET /login/openid`

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::{DEPARTED, Departed, ask, provider, refuse, told};
use crate::http::auth::AuthSession;
use crate::http::limits::Origin;
use crate::http::login::internal;
use crate::http::page::{Page, local_path};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::openid::Provider;

/// Where to return to.
#[derive(Deserialize)]
pub struct Asked {
    next: Option<String>,
}

/// Leads to the provider. A link and no form: browsers let no form of this site end at another one.
pub async fn get(
    State(state): State<AppState>,
    session: AuthSession,
    page: Page,
    Origin(from): Origin,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let provider = provider(&state)?;
    state.departures.admit(from).map_err(|seconds| Refusal::TooManyRequests { seconds })?;
    let next = asked.next.as_deref().and_then(local_path).map(str::to_owned);
    let (address, departure) = match ask(provider.clone(), Provider::depart).await? {
        Ok(departed) => departed,
        Err(failure) => {
            let (status, words) = told(&failure, &provider.label);
            return Ok(refuse(&state, &page, status, words, next).await);
        }
    };
    let departed = Departed { departure, next, at: state.service.clock().now().0 };
    session.session.insert(DEPARTED, departed).await.map_err(internal)?;
    Ok(Redirect::to(&address).into_response())
}
