//! `GET /api/v1/rounds/{year}/indicators`

use axum::Json;
use axum::extract::{Path, State};
use shared::wire::{IndicatorResult, PublishedResults};

use crate::http::api::results::lines::share;
use crate::http::forms::parse_year;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;

/// The published results of every definition that applies to the year.
#[utoipa::path(
    get,
    path = "/api/v1/rounds/{year}/indicators",
    params(("year" = u16, Path, description = "年度（西暦）")),
    responses(
        (status = OK, body = PublishedResults),
        (status = NOT_FOUND, body = shared::wire::Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list(State(state): State<AppState>, Path(year): Path<String>) -> Result<Json<PublishedResults>, Refusal> {
    let year = parse_year(&year)?;
    let publications = state.service.publications().await?;
    let publication = publications.iter().find(|p| p.year == year).ok_or(Error::NotFound)?;
    let indicators = publication.snapshot.indicators.iter().map(|published| IndicatorResult {
        id: published.definition.id.clone(),
        version: published.definition.version,
        official: published.definition.official,
        title: published.definition.title.clone(),
        engaged: published.outcome.engaged,
        not_engaged: published.outcome.not_engaged,
        undetermined: published.outcome.undetermined(),
        register: published.outcome.register,
        respondents: published.outcome.respondents,
        share: share(published.outcome.share()),
        upper: share(published.outcome.upper()),
    });
    Ok(Json(PublishedResults {
        year: year.year(),
        revision: publication.revision,
        published_at: publication.published_at.rfc3339(),
        sha256: publication.sha256.clone(),
        demonstration: publication.snapshot.demonstration,
        indicators: indicators.collect(),
    }))
}
