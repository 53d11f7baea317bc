//! `GET /compare/method`: how the figures of a comparison are computed.

use app::pages::compare::method::{Method, MethodPage};
use app::shell::NavSection;
use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use leptos::prelude::*;
use shared::comparison::Level;

use super::get::peers_line;
use super::query::Query;
use super::{asked, words};
use crate::http::auth::Account;
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// The method, with what the comparison of that address was made of.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    uri: Uri,
) -> Result<Response, Refusal> {
    let (query, compared) = asked(&state, &account, &uri).await?;
    let found = compared.found.as_ref().ok();
    let sections = found
        .map(|found| found.sections.iter().map(|section| (section.title.clone(), section.questions.len())).collect());
    let model = Method {
        context: compared.year.as_ref().map(words::edition),
        source: compared.year.as_ref().map(words::source),
        sections: sections.unwrap_or_default(),
        peers: found.map(peers_line),
        back: query.address("/compare"),
        answers: Query { rows: Level::Question, ..query.clone() }.address("/compare"),
    };
    let shown = Shown::new("比較と成熟度の計算", NavSection::Compare);
    Ok(page.show(shown, move || view! { <MethodPage model=model.clone() /> }).await)
}
