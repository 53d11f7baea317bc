//! `GET /api/v1/rounds/{year}/indicators`

use axum::Json;
use axum::extract::{Path, State};
use shared::visibility::Visibility;
use shared::wire::PublishedResults;

use super::result::result;
use crate::http::api::parameters::Year;
use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::indicators::located::Located;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;

/// The published results of every definition that applies to the year, as far as the caller may see.
#[utoipa::path(
    get,
    path = "/api/v1/rounds/{year}/indicators",
    tag = "indicators",
    params(Year),
    responses(
        (status = OK, body = PublishedResults),
        (status = NOT_FOUND, body = shared::wire::Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list(
    State(state): State<AppState>,
    account: Option<Account>,
    Path(year): Path<String>,
) -> Result<Json<PublishedResults>, Refusal> {
    let year = parse_year(&year)?;
    let reader = account.map_or(Visibility::Public, |account| account.0.clearance());
    let publications = state.service.publications().await?;
    let publication = publications.iter().find(|p| p.year == year).ok_or(Error::NotFound)?;
    let located = Located::all(&publications, year);
    Ok(Json(PublishedResults {
        year: year.year(),
        revision: publication.revision,
        published_at: publication.published_at.rfc3339(),
        sha256: publication.sha256.clone(),
        demonstration: publication.snapshot.demonstration,
        indicators: located.iter().filter_map(|located| result(located, reader)).collect(),
    }))
}
