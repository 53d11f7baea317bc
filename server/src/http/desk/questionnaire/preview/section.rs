//! `GET` and `POST /desk/{year}/questionnaire/preview/{section}`

use app::pages::answer_list::SectionItem;
use app::pages::desk_questionnaire_preview::{PreviewSection, PreviewSectionPage};
use app::shell::NavSection;
use axum::Form as Posted;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;
use serde::Deserialize;
use shared::questionnaire::Section;

use crate::http::answer::languages::{languages, translate, with_language};
use crate::http::answer::section::around::{Around, with_figures};
use crate::http::answer::section::fields::{Leftovers, question_groups};
use crate::http::answer::section::typed::Typed;
use crate::http::auth::Account;
use crate::http::desk::questionnaire::words::section_href;
use crate::http::forms::{parse_year, section_items};
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;
use crate::service::answering::Form;
use crate::store::{AccountRecord, NewAnswer, StoredAnswer};

/// In which language the questions are read.
#[derive(Deserialize)]
pub struct Asked {
    lang: Option<String>,
}

/// The section, nothing answered.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path((year, section)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let form = form(&state, &account, &year, &asked).await?;
    show(&state, &page, &form, find(&form, &section)?, &Leftovers::default(), &asked).await
}

/// The section with what was typed. Nothing is saved.
pub async fn post(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path((year, section)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let mut form = form(&state, &account, &year, &asked).await?;
    let (changes, leftovers) = Typed::new(pairs).read(&form, find(&form, &section)?);
    let at = state.service.clock().now();
    for NewAnswer { question, value, revision, suggested } in changes {
        // As when it is saved: a suggestion that was cleared would otherwise stand there again.
        if value.is_some() || suggested {
            form.answers.insert(
                question,
                StoredAnswer { value, revision: revision.saturating_add(1), by: account.author(), at },
            );
        }
    }
    let section = find(&form, &section)?;
    let broken = form.progress(&form.evaluation(), section).broken > 0 || !leftovers.errors.is_empty();
    let mut response = show(&state, &page, &form, section, &leftovers, &asked).await?;
    if broken {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

async fn form(state: &AppState, account: &AccountRecord, year: &str, asked: &Asked) -> Result<Form, Refusal> {
    let mut form = state.service.example_form(account, parse_year(year)?).await?;
    translate(&mut form, asked.lang.as_deref());
    Ok(form)
}

fn find<'f>(form: &'f Form, name: &str) -> Result<&'f Section, Refusal> {
    form.questionnaire.section(name).ok_or_else(|| Error::NotFound.into())
}

async fn show(
    state: &AppState,
    page: &Page,
    form: &Form,
    section: &Section,
    leftovers: &Leftovers,
    asked: &Asked,
) -> Result<Response, Refusal> {
    let (year, lang) = (form.round.year, asked.lang.as_deref());
    let around = with_figures(state, form, Around::default()).await?;
    let mut groups = question_groups(form, section, leftovers, &around);
    for field in groups.iter_mut().flat_map(|group| &mut group.questions) {
        field.saved_at = None;
    }
    let own = section_href(year, section);
    let sections = form.questionnaire.sections.iter().zip(section_items(form, lang));
    let item = |(section, item): (&Section, SectionItem)| SectionItem {
        href: with_language(section_href(year, section), lang),
        ..item
    };
    let model = PreviewSection {
        year,
        example: form.municipality.name.clone(),
        name: section.name.clone(),
        title: section.title.clone(),
        lead: section.lead.clone(),
        sections: sections.map(item).collect(),
        groups,
        action: with_language(own.clone(), lang),
        languages: languages(form, lang, &own),
    };
    let shown = Shown::new(section.title.clone(), NavSection::Desk);
    Ok(page.show(shown, move || view! { <PreviewSectionPage model=model.clone() /> }).await)
}
