//! `GET /publications/{year}/{revision}/manifest.json`: what a publication consists of, so that anybody can verify it.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use serde_json::{Value as Document, json};
use shared::fiscal_year::FiscalYear;

use super::found::Found;
use super::revision::{PublicFile, files};
use crate::export::dataset::{Scope, Years};
use crate::export::format::{CannotWrite, Form};
use crate::http::data::listing;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;

/// The snapshot's hash, what was asked, by which definitions it was counted, and each public file with its size and
/// SHA-256.
pub async fn get(
    State(state): State<AppState>,
    page: Page,
    Path((year, revision)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let Found { kept, publication, .. } = Found::at(&state, page.account.as_ref(), &year, &revision).await?;
    let mut described = Vec::new();
    // Nobody may have the files of what was taken back.
    if kept.withdrawal.is_none() {
        for file in files(&publication) {
            described.extend(describe(&state, publication.year, publication.revision, &file).await?);
        }
    }
    let (form_id, version) = &publication.snapshot.questionnaire;
    let definitions = publication.snapshot.indicators.iter().map(|indicator| {
        let definition = &indicator.definition;
        json!({ "id": definition.id, "version": definition.version, "title": definition.title })
    });
    let manifest = json!({
        "year": publication.year.year(),
        "revision": publication.revision,
        "published_at": publication.published_at.rfc3339(),
        "reason": publication.reason,
        "demonstration": publication.snapshot.demonstration,
        "snapshot": { "sha256": publication.sha256 },
        "questionnaire": { "form_id": form_id, "version": version },
        "definitions": definitions.collect::<Vec<_>>(),
        "files": described,
    });
    Ok(Json(manifest).into_response())
}

/// A file as it is downloaded; nothing where its form cannot carry the table.
async fn describe(
    state: &AppState,
    year: FiscalYear,
    revision: u32,
    file: &PublicFile,
) -> Result<Option<Document>, Refusal> {
    let scope = listing::scope(None, file.dataset, Years::One(year), None)?;
    let export = state.service.export(file.dataset, Scope { revision: Some(revision), ..scope }).await?;
    let (downloads, form) = (state.downloads.clone(), Form::from(file.format));
    // One at a time: a file that nobody has asked for yet is made for its hash.
    let _one = state.downloads.measuring.lock().await;
    let measured = tokio::task::spawn_blocking(move || match export.check(form) {
        Ok(checked) => downloads.measure(&export, form, checked.rows).map(Some),
        Err(CannotWrite::Io(error)) => Err(error),
        Err(_) => Ok(None),
    });
    let internal = |error: &dyn std::fmt::Display| Error::Internal(error.to_string());
    let facts = measured.await.map_err(|error| internal(&error))?.map_err(|error| internal(&error))?;
    Ok(facts.map(|facts| {
        json!({
            "name": file.name(),
            "url": format!("{}{}", state.site.address, file.href),
            "media_type": form.format.media_type(form.encoding),
            "bytes": facts.bytes,
            "sha256": facts.sha256,
        })
    }))
}
