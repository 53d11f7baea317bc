//! `GET /data/exports/{id}`

use app::pages::data_export::{DataExport, DataExportPage, ExportState};
use app::shell::NavSection;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use leptos::prelude::*;

use super::order_of;
use crate::http::orders::{Order, Outcome};
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// After so many seconds the page asks again by itself, with or without scripts.
const REFRESH: &str = "3";

/// How far an ordered file is.
pub async fn get(State(state): State<AppState>, page: Page, Path(id): Path<String>) -> Result<Response, Refusal> {
    let order = order_of(&state, &page, &id)?;
    let model =
        DataExport { address: format!("/data/exports/{id}"), title: order.title.clone(), state: state_of(&order) };
    let waits = matches!(model.state, ExportState::Waiting | ExportState::Making { .. });
    let mut response = page
        .show(Shown::new("ファイルの作成", NavSection::Data), move || view! { <DataExportPage model=model.clone() /> })
        .await;
    if waits {
        response.headers_mut().insert(header::REFRESH, HeaderValue::from_static(REFRESH));
    }
    Ok(response)
}

fn state_of(order: &Order) -> ExportState {
    match (order.outcome(), order.progress()) {
        (Some(Outcome::Made { bytes, sha256, .. }), progress) => {
            ExportState::Made { bytes: *bytes, rows: progress.map_or(0, |(_, total)| total), sha256: sha256.clone() }
        }
        (Some(Outcome::Stopped), _) => ExportState::Stopped,
        (Some(Outcome::Refused(reason)), _) => ExportState::Refused(reason.clone()),
        (Some(Outcome::Failed), _) => ExportState::Failed,
        (None, Some((done, total))) => ExportState::Making { done: done.min(total), total },
        (None, None) => ExportState::Waiting,
    }
}
