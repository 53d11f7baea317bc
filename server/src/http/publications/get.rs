//! `GET /publications`

use app::pages::publication::{Publications, PublicationsPage};
use app::shell::NavSection;
use axum::extract::State;
use axum::response::Response;
use leptos::prelude::*;

use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// Every revision of every year, latest first.
pub async fn get(State(state): State<AppState>, page: Page) -> Result<Response, Refusal> {
    let revisions = state.service.revisions().await?;
    let mut years: Vec<_> = revisions.iter().map(|kept| kept.year).collect();
    years.dedup();
    let years = years.into_iter().rev().map(|year| (year, super::rows(&revisions, year, page.is_officer()))).collect();
    let model = Publications { years };
    let shown = Shown::new("公表と訂正の履歴", NavSection::Results);
    Ok(page.show(shown, move || view! { <PublicationsPage model=model.clone() /> }).await)
}
