//! Signing in, wherever name and password come from.

use axum::http::StatusCode;
use shared::municipality::MunicipalityCode;

use crate::http::auth::{AuthSession, Credentials};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;
use crate::store::AccountRecord;

/// What came of an attempt.
pub enum Attempt {
    /// The session is the account's now, under a new id.
    SignedIn(Box<AccountRecord>),
    /// Nothing changed: the status and what to tell.
    Refused(StatusCode, String),
}

/// Signs in; with `only`, nobody who does not answer for that municipality.
pub async fn sign_in(
    state: &AppState,
    session: &mut AuthSession,
    credentials: Credentials,
    only: Option<MunicipalityCode>,
) -> Result<Attempt, Refusal> {
    let login_name = credentials.login_name.clone();
    let now = state.service.clock().now();
    let refused = |status, words: &str| Ok(Attempt::Refused(status, words.to_owned()));
    if !state.throttle.allows(&login_name, now) {
        return refused(
            StatusCode::TOO_MANY_REQUESTS,
            "ログインに続けて失敗したため、受付を止めています。15分ほど待ってからお試しください。",
        );
    }
    // Counted before it is known: attempts sent at once must not all find the count low.
    state.throttle.failed(&login_name, now);
    let Some(account) = session.authenticate(credentials).await.map_err(internal)? else {
        return refused(
            StatusCode::UNPROCESSABLE_ENTITY,
            "ログイン名またはパスワードが違います。入力を確認してください。",
        );
    };
    state.throttle.succeeded(&login_name);
    if only.is_some_and(|code| account.answers_for() != Some(code)) {
        return refused(
            StatusCode::UNPROCESSABLE_ENTITY,
            "この画面の回答を入力できるログイン名ではありません。この市町村の回答者か承認者のログイン名でログインしてください。",
        );
    }
    // Signing in changes the id of a new session only; one that is signed in already gets another id too.
    session.session.cycle_id().await.map_err(internal)?;
    session.login(&account).await.map_err(internal)?;
    Ok(Attempt::SignedIn(Box::new(account)))
}

fn internal(error: impl std::fmt::Display) -> Refusal {
    Refusal::Service(Error::Internal(error.to_string()))
}
