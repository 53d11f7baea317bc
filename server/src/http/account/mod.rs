//! One's own account.
pub mod get;
pub mod post;

use app::pages::account::{OwnAccount, OwnAccountPage};
use app::shell::NavSection;
use axum::response::Response;
use leptos::prelude::*;
use shared::wire::FieldProblem;

use super::desk::accounts::words;
use super::page::{Page, Shown};
use super::refusal::Refusal;
use super::state::AppState;
use crate::service::accounts::SHORTEST_PASSWORD;
use crate::store::AccountRecord;

async fn show(
    state: &AppState,
    page: &Page,
    account: &AccountRecord,
    changed: bool,
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
        shortest: SHORTEST_PASSWORD,
        changed,
        problems,
    };
    let shown = Shown::new("アカウント", NavSection::Account);
    Ok(page.show(shown, move || view! { <OwnAccountPage model=model.clone() /> }).await)
}
