//! `GET /jobs/{id}/file`, `GET /jobs/{id}/file-metadata.json`

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};

use super::job_of;
use super::request::{MadeFile, Outcome};
use crate::export::format::manifest;
use crate::http::entity_tag;
use crate::http::limits::Caller;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::{Error, Result};

/// The file, with its length.
pub async fn get(
    State(state): State<AppState>,
    caller: Caller,
    page: Page,
    Path(id): Path<String>,
) -> std::result::Result<Response, Refusal> {
    let made = made(&state, &page, &id).await?;
    let opened = state.downloads.open(caller).await?;
    let file = std::fs::File::open(state.jobs.file(&id)).map_err(|_| Error::NotFound)?;
    let mut headers = HeaderMap::new();
    let mut set = |name, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    };
    set(header::CONTENT_TYPE, &made.media_type);
    set(header::CONTENT_LENGTH, &made.bytes.to_string());
    set(header::CONTENT_DISPOSITION, &format!("attachment; filename=\"{}\"", made.name));
    set(header::ETAG, &entity_tag::of(&made.sha256));
    if made.manifest.is_some() {
        let described = format!("/jobs/{id}/file{}", manifest::ENDING);
        set(header::LINK, &format!("<{described}>; rel=\"describedby\"; type=\"application/json\""));
    }
    Ok((headers, opened.of_file(file)).into_response())
}

/// What is known of that very file: where it comes from, its columns, its size and SHA-256, what was replaced.
pub async fn metadata(
    State(state): State<AppState>,
    page: Page,
    Path(id): Path<String>,
) -> std::result::Result<Response, Refusal> {
    let manifest = made(&state, &page, &id).await?.manifest.ok_or(Error::NotFound)?;
    Ok(Json(manifest).into_response())
}

async fn made(state: &AppState, page: &Page, id: &str) -> Result<MadeFile> {
    match Outcome::read(&job_of(state, page, id).await?.outcome) {
        Some(Outcome::File(made)) => Ok(made),
        Some(Outcome::Accounts { .. } | Outcome::Refused(_) | Outcome::Failed) | None => Err(Error::NotFound),
    }
}
