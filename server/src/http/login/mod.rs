//! ログイン
//!
//! - [`get`], [`post`]: the verbs
//! - [`code`]: the second step, where the account has a second factor
//! - [`openid`]: signing in at an OpenID provider
//! - [`sign_in`]: signing in, wherever name, password and code come from
pub mod code;
pub mod get;
pub mod openid;
pub mod post;
mod sign_in;

use app::pages::login::{DemoAccount, Login, ProviderLink};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use shared::municipality::MunicipalityCode;

use super::refusal::{problem, problem_json};
use super::state::AppState;
use crate::openid::Provider;
use crate::service::demonstration;

pub use sign_in::{Attempt, confirm, finish, internal, is_by_provider, sign_in};

/// The form as everybody finds it, leading on to `next`.
pub fn form(state: &AppState, next: Option<String>) -> Login {
    let link = |provider: &Provider| ProviderLink {
        label: provider.label.clone(),
        address: code::address("/login/openid", next.as_deref()),
    };
    Login {
        login_name: String::new(),
        error: None,
        provider: state.openid.as_deref().map(link),
        next,
        resumed: None,
        password_set: false,
        demo_accounts: demo_accounts(state),
    }
}

/// Whether the login stands on a page that stays where it is.
fn wants_json(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).is_some_and(|accept| accept == "application/json")
}

/// What such a page is told: nothing where somebody is signed in, else a problem. Its kind says what is asked for next:
/// `second-factor` the code, `login` name and password.
fn problem_of(attempt: &Attempt) -> Response {
    let (kind, status, title, detail) = match attempt {
        Attempt::SignedIn(_) => return StatusCode::NO_CONTENT.into_response(),
        Attempt::CodeAsked(None) => (
            "second-factor",
            422,
            "確認コードが必要です",
            "認証アプリに表示されている6桁の確認コードを入力してください。",
        ),
        Attempt::CodeAsked(Some(error)) => ("second-factor", 422, "ログインできません", error.as_str()),
        Attempt::Refused(status, error) => ("login", status.as_u16(), "ログインできません", error.as_str()),
    };
    problem_json(&problem(kind, status, title, detail))
}

/// Accounts that anybody may try, in demonstrations only.
fn demo_accounts(state: &AppState) -> Vec<DemoAccount> {
    if !state.site.demonstration {
        return Vec::new();
    }
    let account = |login_name: String, label: &str| DemoAccount {
        login_name,
        password: demonstration::PASSWORD.to_owned(),
        label: label.to_owned(),
    };
    let codes = [("022012", "青森市 回答者"), ("024121", "おいらせ町 回答者・協議会会員")];
    let respondents = codes.into_iter().filter_map(|(code, label)| {
        let code: MunicipalityCode = code.parse().ok()?;
        Some(account(demonstration::respondent(code), label))
    });
    let staff = demonstration::STAFF.into_iter().map(|(login, label, _)| account(login.to_owned(), label));
    respondents.chain(staff).collect()
}
