//! `GET /desk`

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};

use crate::access::Role;
use crate::http::auth::Account;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;

/// Goes on to the round under way, or else to the latest one there is.
pub async fn get(State(state): State<AppState>, Account(account): Account) -> Result<Response, Refusal> {
    if !account.is(Role::Officer) {
        return Err(Error::Forbidden.into());
    }
    let rounds = state.service.rounds().await?;
    let under_way = rounds.iter().find(|round| round.state.is_under_review());
    let Some(round) = under_way.or(rounds.first()) else {
        let message = "調査がまだありません。コマンド「shirabe round add」で調査を作成してください。";
        return Err(Error::Refused(message.to_owned()).into());
    };
    Ok(Redirect::to(&format!("/desk/{}", round.year.year())).into_response())
}
