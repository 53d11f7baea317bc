//! Signing in, wherever name, password and code come from.
//!
//! Where the account has a second factor, the password makes a session half signed in: it knows whose password was
//! typed, and nothing else may be done with it than to bring the code within ten minutes.

use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use shared::municipality::MunicipalityCode;

use crate::http::auth::{AuthSession, Credentials};
use crate::http::limits::Caller;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;
use crate::store::{AccountId, AccountRecord, SignIn};

/// What came of an attempt.
pub enum Attempt {
    /// The session is the account's now, under a new id.
    SignedIn(Box<AccountRecord>),
    /// The password is right, and a code has to follow; what was wrong with the one that was typed.
    CodeAsked(Option<String>),
    /// Nobody is signed in: the status and what to tell.
    Refused(StatusCode, String),
}

/// Whose password was typed in this session.
#[derive(Serialize, Deserialize)]
struct HalfSignedIn {
    account: i64,
    /// What ends sessions ends this too.
    stamp: [u8; 8],
    at: i64,
}

/// Where the session keeps it.
const HALF_SIGNED_IN: &str = "half_signed_in";
/// Where the session keeps whether it was signed in at the OpenID provider.
const BY_PROVIDER: &str = "by_provider";
/// How long a code may follow the password, in milliseconds.
const PATIENCE: i64 = 10 * 60 * 1000;
/// What is told of a login name or an address that has to wait.
const WAIT: &str = "ログインに続けて失敗したため、受付を止めています。15分ほど待ってからお試しください。";

/// Takes name and password; with `only`, of nobody who does not answer for that municipality.
pub async fn sign_in(
    state: &AppState,
    session: &mut AuthSession,
    credentials: Credentials,
    from: Caller,
    only: Option<MunicipalityCode>,
) -> Result<Attempt, Refusal> {
    let now = state.service.clock().now();
    let Some(tried) = state.throttle.admit(&credentials.login_name, from, now) else {
        return Ok(refused(StatusCode::TOO_MANY_REQUESTS, WAIT));
    };
    let Some(account) = session.authenticate(credentials).await.map_err(internal)? else {
        let words = "ログイン名またはパスワードが違います。入力を確認してください。";
        return Ok(refused(StatusCode::UNPROCESSABLE_ENTITY, words));
    };
    let asks_code = account.second_factor_since.is_some();
    if asks_code {
        state.throttle.right(&tried);
    } else {
        state.throttle.succeeded(&tried, now);
    }
    if let Some(refused) = elsewhere(&account, only) {
        return Ok(refused);
    }
    if !asks_code {
        return finish(state, session, account, SignIn::Password).await;
    }
    let half = HalfSignedIn { account: account.id.0, stamp: account.session_stamp, at: now.0 };
    session.session.cycle_id().await.map_err(internal)?;
    session.session.insert(HALF_SIGNED_IN, half).await.map_err(internal)?;
    Ok(Attempt::CodeAsked(None))
}

/// Takes the code that follows a password. The failures of both are counted together, so that a known password gives
/// nobody more tries at the code.
pub async fn confirm(
    state: &AppState,
    session: &mut AuthSession,
    code: &str,
    from: Caller,
    only: Option<MunicipalityCode>,
) -> Result<Attempt, Refusal> {
    let Some(account) = half_signed_in(state, session).await? else {
        let words = "パスワードを入力してから時間が過ぎました。ログイン名とパスワードから、もう一度入力してください。";
        return Ok(refused(StatusCode::UNAUTHORIZED, words));
    };
    let now = state.service.clock().now();
    let Some(tried) = state.throttle.admit(&account.login_name, from, now) else {
        return Ok(refused(StatusCode::TOO_MANY_REQUESTS, WAIT));
    };
    if let Some(refused) = elsewhere(&account, only) {
        return Ok(refused);
    }
    let Some(used) = state.service.use_code(&account, code).await? else {
        let words = "確認コードが違うか、すでに使われています。認証アプリに表示されている新しい6桁を入力してください。";
        return Ok(Attempt::CodeAsked(Some(words.to_owned())));
    };
    state.throttle.succeeded(&tried, now);
    finish(state, session, account, used).await
}

/// Whether a code has to follow in this session.
pub async fn is_half_signed_in(state: &AppState, session: &AuthSession) -> Result<bool, Refusal> {
    Ok(half_signed_in(state, session).await?.is_some())
}

async fn half_signed_in(state: &AppState, session: &AuthSession) -> Result<Option<AccountRecord>, Refusal> {
    let half: Option<HalfSignedIn> = session.session.get(HALF_SIGNED_IN).await.map_err(internal)?;
    let now = state.service.clock().now().0;
    let Some(half) = half.filter(|half| now - half.at <= PATIENCE) else { return Ok(None) };
    let account = state.service.account(AccountId(half.account)).await?;
    Ok(account.filter(|account| account.session_stamp == half.stamp))
}

/// The refusal of an account that does not answer for that municipality.
fn elsewhere(account: &AccountRecord, only: Option<MunicipalityCode>) -> Option<Attempt> {
    let words = "この画面の回答を入力できるログイン名ではありません。この市町村の回答者か承認者のログイン名でログインしてください。";
    only.is_some_and(|code| account.answers_for() != Some(code))
        .then(|| refused(StatusCode::UNPROCESSABLE_ENTITY, words))
}

fn refused(status: StatusCode, words: &str) -> Attempt {
    Attempt::Refused(status, words.to_owned())
}

/// The session becomes the account's.
pub async fn finish(
    state: &AppState,
    session: &mut AuthSession,
    account: AccountRecord,
    sign_in: SignIn,
) -> Result<Attempt, Refusal> {
    session.session.remove_value(HALF_SIGNED_IN).await.map_err(internal)?;
    session.session.insert(BY_PROVIDER, sign_in == SignIn::Provider).await.map_err(internal)?;
    // Signing in changes the id of a new session only; one that is signed in already gets another id too.
    session.session.cycle_id().await.map_err(internal)?;
    session.login(&account).await.map_err(internal)?;
    state.service.note_login(&account, sign_in).await?;
    Ok(Attempt::SignedIn(Box::new(account)))
}

/// Whether the session was signed in at the OpenID provider, whose matter further factors are.
pub async fn is_by_provider(session: &AuthSession) -> Result<bool, Refusal> {
    let by_provider: Option<bool> = session.session.get(BY_PROVIDER).await.map_err(internal)?;
    Ok(by_provider.unwrap_or(false))
}

/// What a session cannot do.
pub fn internal(error: impl std::fmt::Display) -> Refusal {
    Refusal::Service(Error::Internal(error.to_string()))
}
