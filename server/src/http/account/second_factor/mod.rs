//! The own second factor.
//!
//! - [`get`], [`post`]: the page, and setting it up
//! - [`codes`]: other recovery codes
//! - [`removal`]: without it again
//! - [`demand`]: officers who must have one
pub mod codes;
pub mod demand;
pub mod get;
pub mod post;
pub mod removal;

use app::pages::recovery_codes::{RecoveryCodes, RecoveryCodesPage};
use app::pages::second_factor::{HeldForm, SecondFactor, SecondFactorPage, SecondFactorState};
use app::shell::NavSection;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;
use serde::Deserialize;
use shared::printed_code::PrintedCode;
use shared::wire::FieldProblem;

use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;
use crate::service::second_factor::new_secret;
use crate::service::second_factor::totp::Secret;
use crate::store::AccountRecord;

/// How the entry is called in the authenticator.
const ISSUER: &str = "市町村DXアンケート";

/// A form that asks for the password only.
#[derive(Deserialize)]
pub struct Confirmed {
    present: String,
}

/// The page: the second factor that is held, or a new secret to set one up.
async fn show(
    state: &AppState,
    page: &Page,
    account: &AccountRecord,
    (refused, problems): (Option<HeldForm>, Vec<FieldProblem>),
) -> Result<Response, Refusal> {
    let secret = match state.service.second_factor(account).await? {
        Some(factor) => {
            let (since, recovery_codes) = (factor.at, factor.recovery_codes);
            let held = SecondFactorState::Held { since, recovery_codes, refused };
            return render(state, page, account, held, problems).await;
        }
        None => new_secret()?,
    };
    set_up(state, page, account, &secret, problems).await
}

/// The page that sets one up with that secret.
async fn set_up(
    state: &AppState,
    page: &Page,
    account: &AccountRecord,
    secret: &Secret,
    problems: Vec<FieldProblem>,
) -> Result<Response, Refusal> {
    if account.password_hash.is_empty() {
        let message = "このアカウントにはパスワードがないため、二要素認証はありません。";
        return Err(Error::Refused(message.to_owned()).into());
    }
    let address = secret.address(ISSUER, &account.login_name);
    let absent = SecondFactorState::Absent { address, secret: secret.text() };
    render(state, page, account, absent, problems).await
}

async fn render(
    state: &AppState,
    page: &Page,
    account: &AccountRecord,
    shown: SecondFactorState,
    problems: Vec<FieldProblem>,
) -> Result<Response, Refusal> {
    let demanded = account.is(crate::access::Role::Officer) && state.service.requires_second_factor().await?;
    let model = SecondFactor { login_name: account.login_name.clone(), demanded, state: shown, problems };
    let shown = Shown::new("二要素認証", NavSection::Account);
    Ok(page.show(shown, move || view! { <SecondFactorPage model=model.clone() /> }).await)
}

/// Shows recovery codes, this once: nothing leads back to them, so there is no address to go on to (201).
async fn show_codes(
    state: &AppState,
    page: &Page,
    account: &AccountRecord,
    codes: &[PrintedCode],
    renewed: bool,
) -> Response {
    let model = RecoveryCodes {
        login_name: account.login_name.clone(),
        codes: codes.iter().map(ToString::to_string).collect(),
        at: state.service.clock().now(),
        renewed,
    };
    let shown = Shown::new("予備コード", NavSection::Account);
    let mut response = page.show(shown, move || view! { <RecoveryCodesPage model=model.clone() /> }).await;
    *response.status_mut() = StatusCode::CREATED;
    response
}
