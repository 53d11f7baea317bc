//! `GET /desk/kpi`

use app::components::format;
use app::pages::desk_ledger::{DeskLedger, DeskLedgerPage, DeskLedgerRow};
use app::shell::NavSection;
use axum::extract::{Query, State};
use axum::response::Response;
use leptos::prelude::*;
use serde::Deserialize;
use shared::kpi::Frequency;

use crate::access::Role;
use crate::http::auth::Account;
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;
use crate::service::ledger::LedgerRow;

/// What just happened.
#[derive(Deserialize)]
pub struct Asked {
    saved: Option<usize>,
}

/// The rows of the ledger, and a file of them.
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
    let rows = state.service.ledger().await?.into_iter().map(row).collect();
    let model = DeskLedger { rows, saved, refused };
    let shown = Shown::new("KPI台帳", NavSection::Desk);
    Ok(page.show(shown, move || view! { <DeskLedgerPage model=model.clone() /> }).await)
}

fn row(row: LedgerRow) -> DeskLedgerRow {
    let kpi = row.record.kpi;
    let last = row.values.last().map(|value| {
        let digits = value.figure.digits();
        let digits =
            digits.map_or_else(|| "－".to_owned(), |digits| format!("{}{}", format::grouped(&digits), kpi.unit));
        format!("{}：{digits}", value.period)
    });
    DeskLedgerRow {
        change: row.change.map(|change| format::change(&change, &kpi.unit)).unwrap_or_default(),
        id: kpi.id,
        category: kpi.category,
        label: kpi.label,
        frequency: row.schedule.map_or("", |schedule| Frequency::label(schedule.frequency)),
        section: kpi.section,
        last: last.unwrap_or_default(),
    }
}
