//! `POST /desk/accounts/letters`: invitations, shown once.
//!
//! The answer is the page itself, not a redirect: their codes are kept hashed, and no other address could show them. A key
//! drawn with the form keeps a page that is loaded again from making them anew: paper that was printed stays valid.

use std::collections::BTreeSet;

use app::pages::desk_letters::{DeskLetters, DeskLettersPage, Letter};
use app::shell::NavSection;
use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use shared::invitation::Standing;

use super::typed::Names;
use crate::http::auth::Account;
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::store::AccountId;

/// Letters are made anew, never shown again.
pub async fn get() -> Response {
    Redirect::to("/desk/accounts").into_response()
}

/// Invites everybody chosen; with `all`, everybody that the page showed as never invited, unless somebody else has invited
/// them meanwhile: nobody loses a password that way.
pub async fn post(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let request = pairs.iter().find(|(name, _)| name == "request").map_or("", |(_, request)| request.as_str());
    let all = pairs.iter().any(|(name, value)| name == "all" && value == "1");
    let chosen = pairs.iter().filter(|(name, _)| name == if all { "uninvited" } else { "account" });
    let mut ids: Vec<AccountId> = chosen.filter_map(|(_, id)| Some(AccountId(id.parse().ok()?))).collect();
    if all {
        let (personnel, now) = (state.service.personnel(&account).await?, state.service.clock().now());
        let uninvited = personnel.iter().filter(|person| matches!(person.standing(now), Standing::Uninvited));
        let uninvited: BTreeSet<AccountId> = uninvited.map(|person| person.id).collect();
        ids.retain(|id| uninvited.contains(id));
    }
    let invited = state.service.invite(&account, request, &ids).await?;
    let names = Names::of(&state).await?;
    let letters = invited.into_iter().map(|invited| Letter {
        municipality: names.name(invited.account.municipality),
        display_name: invited.account.display_name,
        login_name: invited.account.login_name,
        code: invited.code.to_string(),
        expires_at: invited.expires_at,
    });
    let model = DeskLetters {
        letters: letters.collect(),
        contact: state.site.contact.clone(),
        address: state.site.address.clone(),
        at: state.service.clock().now(),
    };
    let shown = Shown::new("招待状", NavSection::Desk);
    Ok(page.show(shown, move || view! { <DeskLettersPage model=model.clone() /> }).await)
}
