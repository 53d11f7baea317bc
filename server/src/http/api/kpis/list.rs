//! `GET /api/v1/kpis`

use app::components::format;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use shared::date;
use shared::fiscal_year::FiscalYear;
use shared::publication::Publication;
use shared::wire::{ComputedValue, KpiOfLedger, KpiValue};

use crate::http::api::paging::{PageParameters, Paging};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::ledger::{Figure, LedgerRow, LedgerValue};
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
    let ledger = state.service.ledger().await?;
    let publications = state.service.publications().await?;
    let page = paging.of_total(ledger.len());
    let rows: Vec<KpiOfLedger> = page.part(ledger.into_iter().map(|of| row(of, &publications)));
    Ok((page, Json(rows)))
}

fn row(LedgerRow { record, schedule, values, .. }: LedgerRow, publications: &[Publication]) -> KpiOfLedger {
    let KpiRecord { kpi, revision, .. } = record;
    let computed = values.last().and_then(|last| match last.figure {
        Figure::Computed(share, year) => Some(ComputedValue {
            year: year.year(),
            share: share.into(),
            computation: computation(&kpi.computed, year, publications)?,
        }),
        Figure::Entered(_) | Figure::Withdrawn | Figure::Suppressed => None,
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
        section: kpi.section,
        frequency: schedule.map(|schedule| schedule.frequency.code()).unwrap_or_default().to_owned(),
        reference_date: kpi.reference_date.map(date::iso).unwrap_or_default(),
        note: kpi.note,
        computed,
        values: values.into_iter().map(value).collect(),
    }
}

/// Where it is said how the figure of that year was computed.
fn computation(id: &str, year: FiscalYear, publications: &[Publication]) -> Option<String> {
    let publication = publications.iter().find(|publication| publication.year == year)?;
    Some(format::computation_href(&publication.snapshot.indicator(id)?.definition, year))
}

fn value(LedgerValue { period, figure, note, .. }: LedgerValue) -> KpiValue {
    let state = match figure {
        Figure::Entered(_) => "entered",
        Figure::Withdrawn => "withdrawn",
        Figure::Computed(..) => "computed",
        Figure::Suppressed => "suppressed",
    };
    KpiValue { period: period.code(), value: figure.digits(), state: state.to_owned(), note }
}
