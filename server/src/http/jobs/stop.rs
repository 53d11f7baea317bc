//! `POST /jobs/{id}/stop`

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use super::job_of;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::store::Changed;

/// Stops a job; one that has ended stays as it is.
pub async fn post(State(state): State<AppState>, page: Page, Path(id): Path<String>) -> Result<Response, Refusal> {
    job_of(&state, &page, &id).await?;
    let stopped = state.service.store().stop_job(&id, state.service.clock().now()).await?;
    if stopped == Changed::Yes
        && let Some(progress) = state.jobs.progress(&id)
    {
        progress.stop();
    }
    Ok(Redirect::to(&format!("/jobs/{id}")).into_response())
}
