//! アカウント: everybody who may sign in.
//!
//! - [`get`], [`post`]: the list, and one account more
//! - [`file`]: many more
//! - [`letters`]: invitations, shown once
//! - [`second_factor`]: whether officers must have one
//! - `typed`: what a form says of an account
pub mod file;
pub mod get;
pub mod letters;
pub mod post;
pub mod second_factor;
pub mod typed;

use app::components::account_fields::AccountTyped;
use app::pages::desk_accounts::{AccountRow, DeskAccounts, DeskAccountsPage, STANDINGS, SecondFactors};
use app::shell::NavSection;
use axum::response::Response;
use leptos::prelude::*;
use shared::invitation::Standing;
use shared::wire::FieldProblem;

use self::typed::{Names, roles_to_choose};
use crate::access::Role;
use crate::http::forms::draw_key;
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::accounts::is_found_by_address;
use crate::store::AccountRecord;

/// What the list is narrowed to, and what came back to be corrected.
#[derive(Default)]
pub struct Around {
    /// Part of a name, a login name or a municipality.
    pub asked: String,
    /// Code of a standing; empty for all.
    pub standing: String,
    /// What was typed of a new account.
    pub typed: AccountTyped,
    /// What is wrong with it.
    pub problems: Vec<FieldProblem>,
    /// What is wrong with a file.
    pub faults: Vec<String>,
}

/// Shows the list.
pub async fn show(state: &AppState, account: &AccountRecord, page: &Page, around: Around) -> Result<Response, Refusal> {
    let personnel = state.service.personnel(account).await?;
    let names = Names::of(state).await?;
    let now = state.service.clock().now();
    let total = personnel.len();
    let second_factors = second_factors(state, account, &personnel).await?;
    let provider = state.openid.as_deref().map(|provider| provider.label.clone());
    let rows = personnel.iter().map(|person| AccountRow {
        id: person.id.0,
        municipality: names.name(person.municipality),
        roles: words(person),
        email: person.email.is_some(),
        last_login_at: person.last_login_at,
        standing: person.standing(now),
        by_provider: provider.is_some() && is_found_by_address(person, &personnel),
        invitable: person.id != account.id && person.successor.is_none(),
        login_name: person.login_name.clone(),
        display_name: person.display_name.clone(),
    });
    let Around { asked, standing, typed, problems, faults } = around;
    let wanted = |row: &AccountRow| {
        let texts = [Some(&row.login_name), Some(&row.display_name), row.municipality.as_ref()];
        (standing.is_empty() || standing == code_of(row))
            && texts.into_iter().flatten().any(|text| text.contains(asked.trim()))
    };
    let rows = rows.filter(wanted).collect();
    let model = DeskAccounts {
        request: draw_key()?,
        provider,
        rows,
        total,
        asked,
        standing,
        roles: roles_to_choose(),
        typed,
        problems,
        faults,
        second_factors,
    };
    let shown = Shown::new("アカウント", NavSection::Desk);
    Ok(page.show(shown, move || view! { <DeskAccountsPage model=model.clone() /> }).await)
}

async fn second_factors(
    state: &AppState,
    account: &AccountRecord,
    personnel: &[AccountRecord],
) -> Result<SecondFactors, Refusal> {
    let officers = personnel.iter().filter(|person| person.is(Role::Officer) && person.disabled_at.is_none());
    Ok(SecondFactors {
        required: state.service.requires_second_factor().await?,
        held: officers.clone().filter(|officer| officer.second_factor_since.is_some()).count(),
        officers: officers.count(),
        own: account.second_factor_since.is_some(),
    })
}

/// Whoever the OpenID provider signs in needs no invitation.
fn code_of(row: &AccountRow) -> &'static str {
    let is_active = row.by_provider && row.standing == Standing::Uninvited;
    code(if is_active { Standing::Active } else { row.standing })
}

/// The code of a standing in addresses and in the API.
pub fn code(standing: Standing) -> &'static str {
    STANDINGS.iter().find(|(_, label)| *label == standing.label()).map_or("", |(code, _)| code)
}

/// The roles in words.
pub fn words(account: &AccountRecord) -> String {
    account.roles.iter().copied().map(Role::label).collect::<Vec<_>>().join("・")
}
