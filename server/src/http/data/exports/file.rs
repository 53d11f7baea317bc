//! `GET /data/exports/{id}/file`, `GET /data/exports/{id}/file-metadata.json`

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};

use super::order_of;
use crate::export::format::manifest;
use crate::http::entity_tag;
use crate::http::limits::Caller;
use crate::http::orders::Outcome;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;

/// The file, with its length.
pub async fn get(
    State(state): State<AppState>,
    caller: Caller,
    page: Page,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let order = order_of(&state, &page, &id)?;
    let Some(Outcome::Made { file, bytes, sha256, .. }) = order.outcome() else { return Err(Error::NotFound.into()) };
    let opened = state.downloads.open(caller).await?;
    let file = file.reopen().map_err(|error| Error::Internal(error.to_string()))?;
    let mut headers = HeaderMap::new();
    let mut set = |name, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    };
    set(header::CONTENT_TYPE, order.form.format.media_type(order.form.encoding));
    set(header::CONTENT_LENGTH, &bytes.to_string());
    set(header::CONTENT_DISPOSITION, &format!("attachment; filename=\"{}\"", order.file_name));
    set(header::ETAG, &entity_tag::of(sha256));
    let described = format!("/data/exports/{id}/file{}", manifest::ENDING);
    set(header::LINK, &format!("<{described}>; rel=\"describedby\"; type=\"application/json\""));
    Ok((headers, opened.of_file(file)).into_response())
}

/// What is known of that very file: where it comes from, its columns, its size and SHA-256, what was replaced.
pub async fn metadata(State(state): State<AppState>, page: Page, Path(id): Path<String>) -> Result<Response, Refusal> {
    let order = order_of(&state, &page, &id)?;
    let Some(Outcome::Made { manifest, .. }) = order.outcome() else { return Err(Error::NotFound.into()) };
    Ok(Json(manifest).into_response())
}
