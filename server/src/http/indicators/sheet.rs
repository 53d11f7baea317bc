//! `GET /indicators/ledger`: the KPI ledger on one sheet of A4.

use app::pages::ledger_sheet::{LedgerSheet, LedgerSheetPage};
use app::shell::NavSection;
use axum::extract::State;
use axum::response::Response;
use leptos::prelude::*;

use super::ledger;
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// The ledger as it stands, for printing.
pub async fn get(State(state): State<AppState>, page: Page) -> Result<Response, Refusal> {
    let service = &state.service;
    let publications = service.publications().await?;
    let model = LedgerSheet {
        as_of: format!("{}現在", service.clock().now().date()),
        ledger: ledger::categories(&service.ledger().await?, &publications),
    };
    let shown = Shown { sortable: false, ..Shown::new("KPI台帳", NavSection::Indicators) };
    Ok(page.show(shown, move || view! { <LedgerSheetPage model=model.clone() /> }).await)
}
