//! `/desk/{year}/publication`: what is disclosed, and what was published so far.

pub mod get;
pub mod post;
pub mod reopening;
pub mod withdrawal;

use app::pages::desk_publication::{DeskPublication, DeskPublicationPage, Reasoned, ScopeRow, ScopeSection};
use app::shell::NavSection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::publication::PublishedQuestion;
use shared::wire::FieldProblem;

use crate::http::page::{Page, Shown};
use crate::http::publications;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;
use crate::service::correcting::Release;
use crate::store::AccountRecord;

/// What was typed and refused.
#[derive(Default)]
pub struct Typed {
    /// `aggregate.…`, `named.…`, `whole`, `groups`, as sent.
    pub scope: Vec<(String, String)>,
    /// The reason, and of what.
    pub reason: Option<(Reasoned, String)>,
    /// What is wrong, by field.
    pub problems: Vec<FieldProblem>,
}

impl Typed {
    fn value(&self, name: &str) -> Option<&str> {
        self.scope.iter().find(|(sent, _)| sent == name).map(|(_, value)| value.as_str())
    }
}

/// Shows the page with what was typed; 422 where something is wrong with it.
pub async fn show(
    state: &AppState,
    account: &AccountRecord,
    page: &Page,
    year: FiscalYear,
    typed: Typed,
) -> Result<Response, Refusal> {
    let release = state.service.release(account, year).await?;
    let rounds = state.service.rounds().await?;
    let round = rounds.iter().find(|round| round.year == year).ok_or(Error::NotFound)?;
    let register = state.service.register_of(year).await?;
    let [whole, groups] = [release.plan.small_cells.whole, release.plan.small_cells.groups];
    let threshold = |name: &str, kept: u32| typed.value(name).map_or_else(|| kept.to_string(), str::to_owned);
    let status = if typed.problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let model = DeskPublication {
        year,
        state: round.state,
        sections: sections(&release, &typed),
        thresholds: [threshold("whole", whole), threshold("groups", groups)],
        revision: release.revision,
        history: publications::rows(&state.service.revisions().await?, year, true),
        municipalities: register.into_values().map(|m| (m.code.to_string(), m.name)).collect(),
        reason: typed.reason,
        problems: typed.problems,
    };
    let shown = Shown::new(format!("公表（{}）", year.wareki()), NavSection::Desk);
    let mut response = page.show(shown, move || view! { <DeskPublicationPage model=model.clone() /> }).await;
    *response.status_mut() = status;
    Ok(response)
}

fn sections(release: &Release, typed: &Typed) -> Vec<ScopeSection> {
    let row = |question: &PublishedQuestion| {
        let chosen = release.plan.of(&question.name, question.visibility);
        ScopeRow {
            name: question.name.clone(),
            number: question.number.clone(),
            label: question.label.clone(),
            answered: question.visibility,
            chosen: post::chosen(&typed.scope, &question.name, chosen),
        }
    };
    let mut sections: Vec<ScopeSection> = Vec::new();
    for question in &release.questions {
        let title = question.place.as_ref().map(|place| place.section_title.as_str()).unwrap_or_default();
        if sections.last().is_none_or(|section| section.title != title) {
            sections.push(ScopeSection { title: title.to_owned(), rows: Vec::new() });
        }
        if let Some(section) = sections.last_mut() {
            section.rows.push(row(question));
        }
    }
    sections
}

/// Back to the page after an act, or the page again with what is wrong with its reason.
async fn acted(
    state: &AppState,
    account: &AccountRecord,
    page: &Page,
    year: FiscalYear,
    reason: (Reasoned, String),
    done: Result<(), Error>,
) -> Result<Response, Refusal> {
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/desk/{}/publication", year.year())).into_response()),
        Err(Error::Invalid(problems)) => {
            show(state, account, page, year, Typed { reason: Some(reason), problems, ..Typed::default() }).await
        }
        Err(other) => Err(other.into()),
    }
}
