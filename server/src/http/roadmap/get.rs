//! `GET /roadmap`

use app::pages::roadmap::{Roadmap, RoadmapPage};
use app::shell::NavSection;
use axum::extract::State;
use axum::response::Response;
use leptos::prelude::*;

use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// The measures that the viewer may see.
pub async fn get(State(state): State<AppState>, page: Page) -> Result<Response, Refusal> {
    let model = Roadmap { rows: super::rows(&state, page.clearance()).await?, may_edit: page.is_officer() };
    // The plan's own order says which measures belong together.
    let shown = Shown { sortable: false, ..Shown::new("プランの工程表", NavSection::Indicators) };
    Ok(page.show(shown, move || view! { <RoadmapPage model=model.clone() /> }).await)
}
