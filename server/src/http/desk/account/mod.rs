//! One account.
//!
//! - [`get`], [`post`]: the account, and what is changed of it
//! - [`disabling`]: nobody may use it any more
//! - [`second_factor`]: its second factor is taken away
//! - [`succession`]: somebody else takes it over
pub mod disabling;
pub mod get;
pub mod post;
pub mod second_factor;
pub mod succession;

use app::components::account_fields::AccountTyped;
use app::pages::desk_account::{DeskAccount, DeskAccountPage};
use app::shell::NavSection;
use axum::response::Response;
use leptos::prelude::*;

use super::accounts::typed::{Names, roles_to_choose};
use crate::http::forms::draw_key;
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;
use crate::service::accounts::is_found_by_address;
use crate::store::{AccountId, AccountRecord};

/// The key in an address; anything else is a page that does not exist.
fn parse_id(text: &str) -> Result<AccountId, Refusal> {
    text.parse().map(AccountId).map_err(|_| Error::NotFound.into())
}

/// The page's model as stored.
async fn model(
    state: &AppState,
    account: &AccountRecord,
    person: &AccountRecord,
    names: &Names,
) -> Result<DeskAccount, Refusal> {
    let successor = match person.successor {
        Some(id) => Some((id.0, state.service.person(account, id).await?.display_name)),
        None => None,
    };
    let provider = match &state.openid {
        Some(provider) if is_found_by_address(person, &state.service.personnel(account).await?) => {
            Some(provider.label.clone())
        }
        Some(_) | None => None,
    };
    Ok(DeskAccount {
        id: person.id.0,
        login_name: person.login_name.clone(),
        name: person.display_name.clone(),
        standing: person.standing(state.service.clock().now()),
        provider,
        request: draw_key()?,
        last_login_at: person.last_login_at,
        second_factor_since: person.second_factor_since,
        successor,
        own: person.id == account.id,
        roles: roles_to_choose(),
        typed: AccountTyped {
            login_name: person.login_name.clone(),
            display_name: person.display_name.clone(),
            roles: person.roles.iter().map(|role| role.code().to_owned()).collect(),
            municipality: names.name(person.municipality).unwrap_or_default(),
            email: person.email.as_ref().map(ToString::to_string).unwrap_or_default(),
        },
        problems: Vec::new(),
        succession: AccountTyped::default(),
        succession_problems: Vec::new(),
    })
}

async fn show(page: &Page, model: DeskAccount) -> Response {
    page.show(Shown::new("アカウント", NavSection::Desk), move || view! { <DeskAccountPage model=model.clone() /> })
        .await
}
