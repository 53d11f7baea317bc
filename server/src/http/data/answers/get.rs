//! `GET /data/{year}/answers.csv`

use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use shared::visibility::Visibility;

use crate::export::answers::write_csv;
use crate::http::forms::parse_year;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;

/// Which answers.
#[derive(Deserialize)]
pub struct Asked {
    /// `all` for every question, prefecture only.
    scope: Option<String>,
}

/// The published answers; with `scope=all` the round as it stands now.
pub async fn get(
    State(state): State<AppState>,
    page: Page,
    Path(year): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let year = parse_year(&year)?;
    let mut bytes = Vec::new();
    let comparable = async || state.service.comparable_with_previous(year).await;
    let scope = if asked.scope.as_deref() == Some("all") {
        if page.clearance() != Visibility::Prefecture {
            return Err(Error::NotFound.into());
        }
        let round = state.service.rounds().await?.into_iter().find(|r| r.year == year).ok_or(Error::NotFound)?;
        let snapshot = state.service.snapshot(&round).await?;
        let publications = state.service.publications().await?;
        let revision = publications.iter().find(|p| p.year == year).map(|p| p.revision);
        write_csv(&snapshot, revision, Visibility::Prefecture, &comparable().await?, &mut bytes).map_err(internal)?;
        "all"
    } else {
        let publications = state.service.publications().await?;
        let publication = publications.iter().find(|p| p.year == year).ok_or(Error::NotFound)?;
        let (snapshot, revision) = (&publication.snapshot, Some(publication.revision));
        write_csv(snapshot, revision, Visibility::Public, &comparable().await?, &mut bytes).map_err(internal)?;
        "public"
    };
    let demo = if state.site.demonstration { "-demo" } else { "" };
    let name = format!("attachment; filename=\"shirabe-{}-answers-{scope}{demo}.csv\"", year.year());
    let headers = [(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, bytes).into_response())
}

#[expect(clippy::needless_pass_by_value, reason = "map_err hands it over")]
fn internal(error: csv::Error) -> Error {
    Error::Internal(error.to_string())
}
