//! `GET /api/v1/rounds/{year}/responses/{code}/sections`

use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use shared::response::SectionTaskState;
use shared::wire::{Problem, SectionOfResponse};

use super::parse_code;
use crate::http::api::paging::{PageParameters, Paging};
use crate::http::api::parameters::{Code, Year};
use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;

/// The own response section by section, in the questionnaire's order: who fills it, and how far it is.
#[utoipa::path(
    get,
    path = "/api/v1/rounds/{year}/responses/{code}/sections",
    tag = "rounds",
    params(Year, Code, PageParameters),
    responses(
        (status = OK, body = Vec<SectionOfResponse>),
        (status = UNAUTHORIZED, body = Problem, content_type = "application/problem+json"),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    Path((year, code)): Path<(String, String)>,
    paging: Paging,
) -> Result<impl IntoResponse, Refusal> {
    let (year, code) = (parse_year(&year)?, parse_code(&code)?);
    if account.answers_for() != Some(code) {
        return Err(Error::NotFound.into());
    }
    let form = state.service.own_form(&account, year).await?;
    let tasks = state.service.section_tasks(&form).await?;
    let evaluation = form.evaluation();
    let sections = form.questionnaire.sections.iter().map(|section| {
        let progress = form.progress(&evaluation, section);
        let task = tasks.iter().find(|task| task.section == section.name);
        SectionOfResponse {
            section: section.name.as_str().to_owned(),
            title: section.title.clone(),
            assignee: task.map(|task| task.assignee.clone()).unwrap_or_default(),
            task: task.map_or(SectionTaskState::Open, |task| task.state).code().to_owned(),
            answered: progress.answered,
            asked: progress.asked,
            missing: progress.missing,
            doubtful: progress.broken + progress.unexplained,
        }
    });
    let page = paging.of_total(form.questionnaire.sections.len());
    let sections: Vec<SectionOfResponse> = page.part(sections);
    Ok((page, Json(sections)))
}
