//! One's own account.
//!
//! - [`get`], [`post`]: the page, and another password
//! - [`second_factor`]: its second factor
pub mod get;
pub mod post;
pub mod second_factor;

use app::pages::account::{OwnAccount, OwnAccountPage};
use app::shell::NavSection;
use axum::response::Response;
use leptos::prelude::*;
use shared::wire::FieldProblem;

use super::auth::AuthSession;
use super::desk::accounts::words;
use super::page::{Page, Shown};
use super::refusal::Refusal;
use super::state::AppState;
use super::throttle::Try;
use crate::service::Error;
use crate::service::accounts::SHORTEST_PASSWORD;
use crate::store::AccountRecord;

async fn show(
    state: &AppState,
    page: &Page,
    account: &AccountRecord,
    done: Option<&'static str>,
    problems: Vec<FieldProblem>,
) -> Result<Response, Refusal> {
    let municipality = match account.municipality {
        Some(code) => state.service.municipality(code).await?.map(|m| m.name),
        None => None,
    };
    let model = OwnAccount {
        login_name: account.login_name.clone(),
        display_name: account.display_name.clone(),
        municipality,
        roles: words(account),
        email: account.email.as_ref().map(ToString::to_string),
        last_login_at: account.last_login_at,
        previous_login_at: account.previous_login_at,
        second_factor_since: account.second_factor_since,
        shortest: SHORTEST_PASSWORD,
        done,
        problems,
    };
    let shown = Shown::new("アカウント", NavSection::Account);
    Ok(page.show(shown, move || view! { <OwnAccountPage model=model.clone() /> }).await)
}

/// Counts a try at the password: whoever finds a screen left open must not try at will.
fn admit(state: &AppState, account: &AccountRecord) -> Result<Try, Refusal> {
    let message =
        "現在のパスワードか確認コードを続けて間違えたため、受付を止めています。15分ほど待ってからお試しください。";
    let tried = state.throttle.admit_again(account.id, state.service.clock().now());
    tried.ok_or_else(|| Error::Refused(message.to_owned()).into())
}

/// Goes on with a session whose account has ended all of them.
async fn renew(state: &AppState, session: &mut AuthSession, account: &AccountRecord) -> Result<(), Refusal> {
    let internal = |error: &dyn std::fmt::Display| Error::Internal(error.to_string());
    let renewed = state.service.account(account.id).await?.ok_or(Error::NotFound)?;
    session.session.cycle_id().await.map_err(|error| internal(&error))?;
    session.login(&renewed).await.map_err(|error| internal(&error))?;
    Ok(())
}
