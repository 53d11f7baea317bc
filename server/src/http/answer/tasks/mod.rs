//! Who fills which section.
pub mod get;
pub mod letter;
pub mod post;

use std::collections::BTreeSet;

use app::pages::answer_tasks::{AnswerTasks, AnswerTasksPage, StoredTask, TaskRow, TypedTask};
use app::shell::NavSection;
use axum::response::Response;
use leptos::prelude::*;
use shared::questionnaire::{Evaluation, Section, SectionName};
use shared::time::Timestamp;

use crate::http::forms::{deadline, section_items};
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::answering::Form;
use crate::store::SectionTask;

/// Shows the page, with a task that was typed and not saved.
async fn show(
    state: &AppState,
    page: &Page,
    form: &Form,
    typed: Option<(SectionName, TypedTask)>,
) -> Result<Response, Refusal> {
    let tasks = state.service.section_tasks(form).await?;
    let evaluation = form.evaluation();
    let rows = form.questionnaire.sections.iter().zip(section_items(form, None)).map(|(section, item)| {
        let progress = form.progress(&evaluation, section);
        let typed = typed.as_ref().filter(|(name, _)| *name == section.name).map(|(_, typed)| typed.clone());
        TaskRow {
            section: item,
            answered: progress.answered,
            asked: progress.asked,
            missing: progress.missing,
            doubtful: progress.broken + progress.unexplained,
            last_answer: last_answer(form, &evaluation, section),
            task: stored(tasks.iter().find(|task| task.section == section.name)),
            typed,
        }
    });
    let model = AnswerTasks {
        year: form.round.year,
        municipality: form.municipality.name.clone(),
        code: form.municipality.code,
        deadline: deadline(form, state.service.clock().now()),
        may_share: form.round.state.is_under_review(),
        rows: rows.collect(),
        known: known(state, form, &tasks).await?,
    };
    let shown = Shown::new("分担と進み具合", NavSection::Answer);
    Ok(page.show(shown, move || view! { <AnswerTasksPage model=model.clone() /> }).await)
}

fn stored(task: Option<&SectionTask>) -> StoredTask {
    task.map_or_else(StoredTask::none, |task| StoredTask {
        revision: task.revision,
        assignee: task.assignee.clone(),
        state: task.state,
        comment: task.comment.clone(),
        last: Some((task.by.name.clone(), task.at)),
    })
}

/// Who last changed an answer of the section that is asked at present.
fn last_answer(form: &Form, evaluation: &Evaluation<'_>, section: &Section) -> Option<(String, Timestamp)> {
    let asked = section.questions().filter(|index| evaluation.is_relevant(*index));
    let stored = asked.filter_map(|index| form.answers.get(&form.questionnaire.question(index).name));
    let last = stored.max_by_key(|answer| answer.at)?;
    Some((last.by.name.clone(), last.at))
}

/// Names given this year and before, and those of the colleagues who have an account, each once.
async fn known(state: &AppState, form: &Form, tasks: &[SectionTask]) -> Result<Vec<String>, Refusal> {
    let earlier = state.service.earlier_assignees(form).await?;
    let given = tasks.iter().map(|task| task.assignee.clone()).chain(earlier).filter(|name| !name.is_empty());
    let names: BTreeSet<String> = given.chain(state.service.colleagues(form).await?).collect();
    Ok(names.into_iter().collect())
}
