//! `POST /answer/{year}/tasks`

use app::pages::answer_tasks::TypedTask;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use shared::questionnaire::SectionName;
use shared::response::SectionTaskState;

use crate::http::auth::Account;
use crate::http::forms::{parse_year, require_own};
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;
use crate::service::tasks::TaskRequest;

/// The form as typed.
#[derive(Deserialize)]
pub struct Typed {
    section: String,
    revision: u32,
    assignee: String,
    state: String,
    comment: String,
    municipality: Option<String>,
    /// `list`: back to the task list.
    #[serde(default)]
    then: String,
}

/// Saves one section's task.
pub async fn post(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path(year): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Refusal> {
    let year = parse_year(&year)?;
    require_own(&account, typed.municipality.as_deref())?;
    let Some(task_state) = SectionTaskState::of_code(&typed.state) else {
        return Err(Refusal::BadRequest("状態を読み取れません。画面を開き直してください。".to_owned()));
    };
    let section = SectionName(typed.section);
    let request = TaskRequest {
        section: section.clone(),
        revision: typed.revision,
        assignee: typed.assignee.clone(),
        state: task_state,
        comment: typed.comment.replace("\r\n", "\n"),
    };
    let comment = request.comment.clone();
    let (status, problems, conflict) = match state.service.save_section_task(&account, year, request).await {
        Ok(()) => {
            let target = if typed.then == "list" { "" } else { "/tasks" };
            return Ok(Redirect::to(&format!("/answer/{}{target}", year.year())).into_response());
        }
        Err(Error::Invalid(problems)) => (StatusCode::UNPROCESSABLE_ENTITY, problems, false),
        Err(Error::Changed) => (StatusCode::CONFLICT, Vec::new(), true),
        Err(other) => return Err(other.into()),
    };
    let form = state.service.own_form(&account, year).await?;
    let left = TypedTask { assignee: typed.assignee, state: task_state, comment, problems, conflict };
    let mut response = super::show(&state, &page, &form, Some((section, left))).await?;
    *response.status_mut() = status;
    Ok(response)
}
