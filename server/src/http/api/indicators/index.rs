//! `GET /api/v1/indicators`

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use shared::fiscal_year::FiscalYear;
use shared::indicator::Definition;
use shared::wire::IndicatorSummary;

use crate::http::api::paging::{PageParameters, Paging};
use crate::http::indicators::located::Located;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// Every indicator by id, with its latest definition.
#[utoipa::path(
    get,
    path = "/api/v1/indicators",
    tag = "indicators",
    params(PageParameters),
    responses((status = OK, body = Vec<IndicatorSummary>))
)]
pub async fn index(State(state): State<AppState>, paging: Paging) -> Result<impl IntoResponse, Refusal> {
    // By id and version.
    let definitions = state.service.definitions().await?;
    let publications = state.service.publications().await?;
    let years = |id: &str| {
        let computed = publications.iter().map(|publication| publication.year);
        computed.filter(|year| Located::find(&publications, *year, id, None).is_some()).map(FiscalYear::year).collect()
    };
    let summary = |versions: &[Definition]| {
        let latest = versions.last()?;
        Some(IndicatorSummary {
            id: latest.id.clone(),
            versions: u16::try_from(versions.len()).unwrap_or(u16::MAX),
            official: latest.official,
            title: latest.title.clone(),
            description: latest.description.clone(),
            years: years(&latest.id),
        })
    };
    let summaries: Vec<IndicatorSummary> =
        definitions.chunk_by(|one, next| one.id == next.id).filter_map(summary).collect();
    let page = paging.of_total(summaries.len());
    let summaries = page.part(summaries);
    Ok((page, Json(summaries)))
}
