//! `GET /answer/{year}/tasks/{section}`: 依頼文

use app::pages::answer_letter::{AnswerLetter, AnswerLetterPage};
use app::shell::NavSection;
use axum::extract::{Path, State};
use axum::response::Response;
use leptos::prelude::*;

use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::sheet::section_sheet;
use crate::http::state::AppState;
use crate::service::Error;

/// The letter to whoever fills the section, with its questions.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path((year, section)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let form = state.service.own_form(&account, parse_year(&year)?).await?;
    let section = form.questionnaire.section(&section).ok_or(Error::NotFound)?;
    let tasks = state.service.section_tasks(&form).await?;
    let task = tasks.into_iter().find(|task| task.section == section.name);
    let (to, comment) = task.map(|task| (task.assignee, task.comment)).unwrap_or_default();
    let evaluation = form.evaluation();
    let model = AnswerLetter {
        year: form.round.year,
        survey: form.questionnaire.title.clone(),
        municipality: form.municipality.name.clone(),
        from: account.display_name.clone(),
        to,
        title: section.title.clone(),
        asked: form.progress(&evaluation, section).asked,
        minutes: section.minutes,
        reference_date: form.round.dates.map(|dates| dates.reference_date),
        deadline: form.deadline(),
        comment,
        at: state.service.clock().now(),
        sheet: vec![section_sheet(&form, &evaluation, section, None)],
    };
    let shown = Shown::new(format!("{}の依頼文", section.title), NavSection::Answer);
    Ok(page.show(shown, move || view! { <AnswerLetterPage model=model.clone() /> }).await)
}
