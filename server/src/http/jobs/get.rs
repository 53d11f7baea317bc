//! `GET /jobs/{id}`

use app::pages::job::{Job as Model, JobPage, JobStanding};
use app::shell::NavSection;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use leptos::prelude::*;
use shared::job::{JobKind, JobState};

use super::job_of;
use super::request::Outcome;
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::store::Job;

/// After so many seconds the page asks again by itself, with or without scripts.
const REFRESH: &str = "3";

/// How far a job is, or what came of it.
pub async fn get(State(state): State<AppState>, page: Page, Path(id): Path<String>) -> Result<Response, Refusal> {
    let job = job_of(&state, &page, &id).await?;
    let standing = standing(&state, &job);
    let section = match job.kind {
        JobKind::Export => NavSection::Data,
        JobKind::Accounts | JobKind::Report | JobKind::Site => NavSection::Desk,
    };
    let model = Model { address: format!("/jobs/{id}"), kind: job.kind, title: job.title, standing };
    let shown = Shown::new(job.kind.label(), section);
    let mut response = page.show(shown, move || view! { <JobPage model=model.clone() /> }).await;
    if job.state.is_open() {
        response.headers_mut().insert(header::REFRESH, HeaderValue::from_static(REFRESH));
    }
    Ok(response)
}

fn standing(state: &AppState, job: &Job) -> JobStanding {
    match (job.state, Outcome::read(&job.outcome)) {
        (JobState::Waiting, _) => JobStanding::Waiting,
        (JobState::Running, _) => {
            JobStanding::Running(state.jobs.progress(&job.id).and_then(|progress| progress.counts()))
        }
        (JobState::Stopped, _) => JobStanding::Stopped,
        (_, Some(Outcome::File(made))) => {
            let described = made.manifest.is_some();
            JobStanding::File { bytes: made.bytes, count: made.count, sha256: made.sha256, described }
        }
        (_, Some(Outcome::Accounts { added, known })) => JobStanding::Accounts { added, known },
        (_, Some(Outcome::Refused(reasons))) => JobStanding::Refused(reasons),
        (JobState::Done | JobState::Failed, Some(Outcome::Failed) | None) => JobStanding::Failed,
    }
}
