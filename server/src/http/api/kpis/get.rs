//! `GET /api/v1/kpis/{id}/revisions`

use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use shared::date;
use shared::kpi::Frequency;
use shared::wire::{KpiRevision, Problem};

use crate::http::api::paging::{PageParameters, Paging};
use crate::http::auth::Account;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::store::KpiRecord;

/// Every revision of a row of the ledger, oldest first; for officers.
#[utoipa::path(
    get,
    path = "/api/v1/kpis/{id}/revisions",
    tag = "indicators",
    params(("id" = String, Path, description = "KPIのID", min_length = 1, example = "labour-productivity"), PageParameters),
    responses(
        (status = OK, body = Vec<KpiRevision>),
        (status = UNAUTHORIZED, body = Problem, content_type = "application/problem+json"),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    Path(id): Path<String>,
    paging: Paging,
) -> Result<impl IntoResponse, Refusal> {
    let history = state.service.kpi_history(&account, &id).await?.rows;
    let page = paging.of_total(history.len());
    let revisions: Vec<KpiRevision> = page.part(history).into_iter().map(revision).collect();
    Ok((page, Json(revisions)))
}

fn revision(KpiRecord { kpi, revision, by, at, .. }: KpiRecord) -> KpiRevision {
    KpiRevision {
        revision,
        author: by.name,
        at: at.rfc3339(),
        label: kpi.label,
        unit: kpi.unit,
        baseline: kpi.baseline,
        baseline_period: kpi.baseline_period,
        target_2028: kpi.target_2028,
        source: kpi.source,
        section: kpi.section,
        frequency: kpi.frequency.map(Frequency::code).unwrap_or_default().to_owned(),
        reference_date: kpi.reference_date.map(date::iso).unwrap_or_default(),
        note: kpi.note,
    }
}
