//! `GET /api/v1/kpis`

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use shared::publication::Publication;
use shared::wire::{ComputedValue, KpiOfLedger};

use crate::http::api::paging::{PageParameters, Paging};
use crate::http::figures;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::store::KpiRecord;

/// The plan's KPI ledger, in its order.
#[utoipa::path(
    get,
    path = "/api/v1/kpis",
    tag = "indicators",
    params(PageParameters),
    responses((status = OK, body = Vec<KpiOfLedger>))
)]
pub async fn list(State(state): State<AppState>, paging: Paging) -> Result<impl IntoResponse, Refusal> {
    let ledger = state.service.kpis().await?;
    let publications = state.service.publications().await?;
    let page = paging.of_total(ledger.len());
    let rows: Vec<KpiOfLedger> = page.part(ledger.into_iter().map(|record| row(record, &publications)));
    Ok((page, Json(rows)))
}

fn row(KpiRecord { kpi, revision, .. }: KpiRecord, publications: &[Publication]) -> KpiOfLedger {
    let computed = figures::computed_kpi(&kpi, publications).map(|computed| ComputedValue {
        year: computed.year.year(),
        share: computed.share.into(),
        computation: computed.computation,
    });
    KpiOfLedger {
        id: kpi.id,
        revision,
        category: kpi.category,
        label: kpi.label,
        unit: kpi.unit,
        baseline: kpi.baseline,
        baseline_period: kpi.baseline_period,
        target_2028: kpi.target_2028,
        source: kpi.source,
        frequency: kpi.frequency,
        note: kpi.note,
        computed,
    }
}
