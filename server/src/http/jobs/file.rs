//! `GET /jobs/{id}/file`

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};

use super::job_of;
use super::request::Outcome;
use crate::http::download;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;

/// The file, with its length.
pub async fn get(State(state): State<AppState>, page: Page, Path(id): Path<String>) -> Result<Response, Refusal> {
    let job = job_of(&state, &page, &id).await?;
    let Some(Outcome::File(made)) = Outcome::read(&job.outcome) else { return Err(Error::NotFound.into()) };
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
    Ok((headers, download::of_file(file)).into_response())
}
