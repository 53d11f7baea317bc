//! `GET /`

use app::pages::home::{Home, HomePage};
use app::shell::NavSection;
use axum::extract::State;
use axum::response::Response;
use leptos::prelude::*;

use super::published;
use crate::http::figures;
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// The last published round. Everybody sees the same: what is public.
pub async fn get(State(state): State<AppState>, page: Page) -> Result<Response, Refusal> {
    let service = &state.service;
    let model = match published(&state).await? {
        Some(published) => Home::Published(Box::new(published)),
        None => Home::Nothing {
            published: service.publications().await?.last().map(|publication| publication.year),
            under_way: service.current_round().await?.map(|r| r.year),
            reference: figures::reference(&service.reference_counts().await?, &service.definitions().await?),
        },
    };
    let shown = Shown::new("結果", NavSection::Results);
    Ok(page.show(shown, move || view! { <HomePage model=model.clone() /> }).await)
}
