//! `POST /compare/groups`, `POST /compare/groups/removal`

use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use shared::municipality::MunicipalityCode;

use super::query::Query;
use crate::http::auth::Account;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;

/// What a form of the page sends.
struct Typed {
    name: String,
    peers: Vec<MunicipalityCode>,
    /// The comparison that it stood on, as written in its address.
    on: String,
}

fn typed(body: &Bytes) -> Typed {
    let mut typed = Typed { name: String::new(), peers: Vec::new(), on: String::new() };
    for (name, value) in form_urlencoded::parse(body) {
        match &*name {
            "name" => typed.name = value.into_owned(),
            "on" => typed.on = value.into_owned(),
            // What is no code was not chosen on the page.
            "peer" => typed.peers.extend(value.parse::<MunicipalityCode>().ok()),
            _ => {}
        }
    }
    typed
}

/// Keeps the peers under a name and goes to the comparison with them.
pub async fn post(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    body: Bytes,
) -> Result<Response, Refusal> {
    let Typed { name, peers, on } = typed(&body);
    let query = Query::read(&on);
    match state.service.save_peer_group(&account, &name, peers.clone()).await {
        Ok(()) => {
            let next = Query { group: "chosen", peers, ..query };
            Ok(Redirect::to(&next.address("/compare")).into_response())
        }
        Err(Error::Invalid(problems)) => {
            let why = problems.into_iter().map(|problem| problem.message).collect::<Vec<_>>().concat();
            let compared = state.service.comparison(&account, query.asked()).await?;
            let mut response = super::get::show(&page, &query, &compared, Some((name, why))).await;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
        Err(other) => Err(other.into()),
    }
}

/// Removes a group and goes back to the comparison.
pub async fn remove(
    State(state): State<AppState>,
    Account(account): Account,
    body: Bytes,
) -> Result<Response, Refusal> {
    let Typed { name, on, .. } = typed(&body);
    state.service.remove_peer_group(&account, &name).await?;
    Ok(Redirect::to(&Query::read(&on).address("/compare")).into_response())
}
