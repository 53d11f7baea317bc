//! APIトークン: personal tokens, for every signed-in account.
//!
//! - [`get`]: the page
//! - [`post`]: making one
//! - [`revocation`]: ending one

pub mod get;
pub mod post;
pub mod revocation;

use app::pages::tokens::{Made, ScopeChoice, TokenRow, Tokens, TokensPage};
use app::shell::NavSection;
use axum::response::Response;
use leptos::prelude::*;
use shared::wire::FieldProblem;

use crate::access::Scope;
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::api_tokens::{ApiTokenState, LIFETIMES};
use crate::store::{AccountRecord, ApiTokenRecord};

/// What stands in the form.
struct Typed {
    name: String,
    scopes: Vec<String>,
    days: u16,
}

impl Default for Typed {
    fn default() -> Self {
        Self { name: String::new(), scopes: vec![Scope::Read.code().to_owned()], days: 90 }
    }
}

async fn show(
    state: &AppState,
    account: &AccountRecord,
    page: &Page,
    (typed, problems): (Typed, Vec<FieldProblem>),
    made: Option<Made>,
) -> Result<Response, Refusal> {
    let tokens = state.service.api_tokens(account).await?;
    let choice = |scope: Scope| ScopeChoice {
        code: scope.code(),
        label: scope.label(),
        meaning: scope.meaning(),
        chosen: typed.scopes.iter().any(|code| code == scope.code()),
    };
    let model = Tokens {
        tokens: tokens.into_iter().map(row).collect(),
        made,
        scopes: account.scopes().into_iter().map(choice).collect(),
        lifetimes: LIFETIMES.map(|days| (days, days == typed.days)).into(),
        name: typed.name,
        problems,
    };
    let shown = Shown::new("APIトークン", NavSection::Data);
    Ok(page.show(shown, move || view! { <TokensPage model=model.clone() /> }).await)
}

fn row((token, state): (ApiTokenRecord, ApiTokenState)) -> TokenRow {
    TokenRow {
        id: token.id.0,
        name: token.name,
        scopes: token.scopes.into_iter().map(Scope::label).collect(),
        created_at: token.created_at,
        expires_at: token.expires_at,
        used_at: token.used_at,
        ended: match state {
            ApiTokenState::Valid => None,
            ApiTokenState::Expired => Some("期限切れ"),
            ApiTokenState::AccountChanged => Some("アカウントの変更により無効"),
        },
    }
}
