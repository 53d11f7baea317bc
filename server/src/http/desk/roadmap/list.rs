//! `GET /desk/roadmap`

use app::pages::desk_roadmap::{DeskRoadmap, DeskRoadmapPage, DeskRoadmapRow};
use app::shell::NavSection;
use axum::extract::{Query, State};
use axum::response::Response;
use leptos::prelude::*;
use serde::Deserialize;
use shared::roadmap::Status;
use shared::visibility::Visibility;

use crate::access::Role;
use crate::http::auth::Account;
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;
use crate::service::roadmap::RoadmapRow;

/// What just happened.
#[derive(Deserialize)]
pub struct Asked {
    saved: Option<usize>,
}

/// The items of the roadmap, and a file of them.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    if !account.is(Role::Officer) {
        return Err(Error::Forbidden.into());
    }
    show(&state, &page, asked.saved, Vec::new()).await
}

/// The page, with the faults of a file.
pub(super) async fn show(
    state: &AppState,
    page: &Page,
    saved: Option<usize>,
    refused: Vec<String>,
) -> Result<Response, Refusal> {
    let rows = state.service.roadmap(Visibility::Prefecture).await?.into_iter().map(row).collect();
    let model = DeskRoadmap { rows, saved, refused };
    let shown = Shown::new("プランの工程表", NavSection::Desk);
    Ok(page.show(shown, move || view! { <DeskRoadmapPage model=model.clone() /> }).await)
}

fn row(row: RoadmapRow) -> DeskRoadmapRow {
    let status = row.last().map(|review| format!("{}：{}", review.period, review.status.map_or("－", Status::label)));
    let item = row.record.item;
    DeskRoadmapRow {
        steps: (item.steps.iter().filter(|step| step.done).count(), item.steps.len()),
        id: item.id,
        area: item.area,
        measure: item.measure,
        visibility: item.visibility,
        status: status.unwrap_or_default(),
    }
}
