//! `GET /data/exports/{id}/file`

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};

use super::order_of;
use crate::http::download;
use crate::http::orders::Outcome;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;

/// The file, with its length.
pub async fn get(State(state): State<AppState>, page: Page, Path(id): Path<String>) -> Result<Response, Refusal> {
    let order = order_of(&state, &page, &id)?;
    let Some(Outcome::Made { file, bytes }) = order.outcome() else { return Err(Error::NotFound.into()) };
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
    Ok((headers, download::of_file(file)).into_response())
}
