//! Q&A for everybody.
pub mod get;
pub mod post;
pub mod withdrawal;

use app::pages::desk_advice::{AdviceEntry, AdviceTyped, DeskAdvice, DeskAdvicePage};
use app::shell::NavSection;
use axum::response::Response;
use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::wire::FieldProblem;

use crate::access::Role;
use crate::http::inquiries::about;
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::store::AccountRecord;

async fn show(
    state: &AppState,
    account: &AccountRecord,
    page: &Page,
    year: FiscalYear,
    typed: AdviceTyped,
    problems: Vec<FieldProblem>,
) -> Result<Response, Refusal> {
    let all = state.service.all_advice(account, year).await?;
    let questionnaire = state.service.questionnaire_of(year).await?;
    let editable = account.is(Role::Officer);
    let entries = all.into_iter().map(|entry| AdviceEntry {
        withdraw: (editable && !entry.withdrawn)
            .then(|| format!("/desk/{}/advice/{}/withdrawal", year.year(), entry.id)),
        about: about(&questionnaire, entry.question.as_ref()),
        asked: entry.asked,
        answer: entry.answer,
        withdrawn: entry.withdrawn,
        author: entry.by.name,
        at: entry.at,
    });
    let asked = questionnaire.questions.iter().filter(|q| q.kind.takes_answer() && q.reason_for.is_none());
    let model = DeskAdvice {
        year,
        entries: entries.collect(),
        questions: asked.map(|q| (q.name.to_string(), about(&questionnaire, Some(&q.name)))).collect(),
        typed,
        problems,
        editable,
    };
    Ok(page.show(Shown::new("Q&A", NavSection::Desk), move || view! { <DeskAdvicePage model=model.clone() /> }).await)
}
