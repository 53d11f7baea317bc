//! `GET /api/v1/publications`

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use shared::wire::PublishedRevision;

use super::entry;
use crate::http::api::paging::{PageParameters, Paging};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// Every revision of every publication, with its reason, from the latest year and revision to the earliest. Of those taken
/// back: when and why.
#[utoipa::path(
    get,
    path = "/api/v1/publications",
    tag = "results",
    params(PageParameters),
    responses((status = OK, body = Vec<PublishedRevision>))
)]
pub async fn list(State(state): State<AppState>, paging: Paging) -> Result<impl IntoResponse, Refusal> {
    let mut revisions = state.service.revisions().await?;
    revisions.sort_by_key(|kept| std::cmp::Reverse((kept.year, kept.revision)));
    let page = paging.of_total(revisions.len());
    let entries: Vec<PublishedRevision> = page.part(revisions.iter().map(|kept| entry(kept, &revisions)));
    Ok((page, Json(entries)))
}
