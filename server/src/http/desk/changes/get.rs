//! `GET /desk/{year}/{code}/changes`

use app::components::question::in_words_or_blank;
use app::components::sheet::{SheetGroup, SheetQuestion, SheetSection};
use app::pages::desk_changes::{ChangesRow, ChangesSection, DeskChanges, DeskChangesPage};
use app::shell::NavSection;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use leptos::prelude::*;
use serde::Deserialize;
use shared::fiscal_year::FiscalYear;
use shared::questionnaire::Evaluation;

use crate::http::api::responses::parse_code;
use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::sheet::sheet;
use crate::http::state::AppState;
use crate::service::answering::Form;
use crate::service::checking::HandedIn;

/// What is shown.
#[derive(Deserialize)]
pub struct Asked {
    /// `1` for all questions, not only those that differ.
    all: Option<String>,
}

/// The answers side by side.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path((year, code)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let all = asked.all.as_deref() == Some("1");
    let (form, events) = state.service.review(&account, parse_year(&year)?, parse_code(&code)?).await?;
    let before = state.service.handed_in_before(&form, &events).await?;
    let mut sections = sections(&form, before.as_ref());
    let total = sections.iter().map(|section| section.rows.len()).sum();
    for section in &mut sections {
        section.rows.retain(|row| all || row.differs_from_last_year() || row.differs_from_before());
    }
    sections.retain(|section| !section.rows.is_empty());
    let model = DeskChanges {
        year: form.round.year,
        code: form.municipality.code,
        municipality: form.municipality.name.clone(),
        state: form.response.state,
        last_year: form.previous.values().map(|answer| answer.year).max().map(FiscalYear::wareki),
        before: before.as_ref().map(|before| (before.receipt.clone(), before.at)),
        all,
        total,
        sections,
    };
    let shown = Shown::new(format!("{}の回答の比較", model.municipality), NavSection::Desk);
    Ok(page.show(shown, move || view! { <DeskChangesPage model=model.clone() /> }).await)
}

/// Every question that is asked now, was before or was a year ago.
pub fn sections(form: &Form, before: Option<&HandedIn>) -> Vec<ChangesSection> {
    let evaluation = before.map(|before| before.evaluation(form));
    let section = |SheetSection { title, groups, .. }| {
        let questions = groups.into_iter().flat_map(|group: SheetGroup| group.questions);
        ChangesSection { title, rows: questions.filter_map(|asked| row(form, evaluation.as_ref(), asked)).collect() }
    };
    sheet(form, None).into_iter().map(section).collect()
}

/// `None` for what is not asked, was not before and was not a year ago.
fn row(form: &Form, before: Option<&Evaluation<'_>>, asked: SheetQuestion) -> Option<ChangesRow> {
    let SheetQuestion { question, relevant, answer, last_year, .. } = asked;
    let index = form.questionnaire.find(question.name.as_str())?;
    let was_relevant = before.is_some_and(|before| before.is_relevant(index));
    if !relevant && !was_relevant && last_year.is_none() {
        return None;
    }
    Some(ChangesRow {
        words: format!("{} {}", question.number, question.label).trim().to_owned(),
        now: in_words_or_blank(&question, relevant, answer.as_ref()),
        before: before.map(|before| in_words_or_blank(&question, was_relevant, before.value(index))),
        name: question.name.0,
        last_year,
    })
}
