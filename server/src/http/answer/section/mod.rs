//! One section of the form.
//!
//! - [`get`], [`post`]: the verbs
//! - [`typed`]: the form as it was sent
//! - `resume`: who it is saved as, also after the session has ended
//! - `same`: last year's answers for a whole section
//! - `added`: what a save brings up
//! - [`fields`]: the questions with what stands in their inputs and beside them
//! - [`around`]: what is known around them from the rest of the house
//! - `live`: what the island needs
mod added;
pub mod around;
pub mod fields;
pub mod get;
mod live;
pub mod post;
mod resume;
mod same;
pub mod typed;

use app::pages::answer_section::{AnswerSection, AnswerSectionPage};
use app::shell::NavSection;
use axum::response::Response;
use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::questionnaire::Section;

use self::around::around;
use self::fields::{Leftovers, question_groups};
use self::get::Asked;
use super::languages::{languages, with_language};
use crate::http::forms::{deadline, section_items};
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;
use crate::service::answering::Form;
use crate::store::AccountRecord;

fn find<'f>(form: &'f Form, name: &str) -> Result<&'f Section, Refusal> {
    form.questionnaire.section(name).ok_or_else(|| Error::NotFound.into())
}

/// The section's address; with where saving leads back to, in the language that is read.
fn address(year: FiscalYear, section: &str, asked: &Asked) -> String {
    with_language(own_address(year, section, asked), asked.lang.as_deref())
}

/// The same in the questionnaire's own language.
fn own_address(year: FiscalYear, section: &str, asked: &Asked) -> String {
    let section: String = form_urlencoded::byte_serialize(section.as_bytes()).collect();
    format!("/answer/{}/{section}{}", year.year(), if asked.is_from_check() { "?from=check" } else { "" })
}

/// Shows the section to one of its own municipality.
async fn show(
    state: &AppState,
    page: &Page,
    account: &AccountRecord,
    form: &Form,
    section: &Section,
    leftovers: &Leftovers,
    asked: &Asked,
) -> Result<Response, Refusal> {
    let around = around(state, account, form).await?;
    let read_only = form.read_only();
    let is_prefilled = |index| around.prefill.contains_key(&form.questionnaire.question(index).name);
    let model = AnswerSection {
        year: form.round.year,
        municipality: form.municipality.name.clone(),
        code: form.municipality.code,
        login_name: account.login_name.clone(),
        deadline: deadline(form, state.service.clock().now()),
        name: section.name.clone(),
        title: section.title.clone(),
        lead: section.lead.clone(),
        sections: section_items(form, asked.lang.as_deref()),
        groups: question_groups(form, section, leftovers, &around),
        copyable: same::copyable(form, section, is_prefilled),
        copied: asked.copied.filter(|_| read_only.is_none()).map(|count| same::copied(form, section, count)),
        added: asked.added.as_deref().map(|names| added::named(form, section, names)).unwrap_or_default(),
        live: read_only.is_none().then(|| live::live_form(form, section, asked.lang.as_deref())),
        read_only,
        from_check: asked.is_from_check(),
        languages: languages(form, asked.lang.as_deref(), &own_address(form.round.year, section.name.as_str(), asked)),
    };
    let shown = Shown { island: model.live.is_some(), ..Shown::new(section.title.clone(), NavSection::Answer) };
    Ok(page.show(shown, move || view! { <AnswerSectionPage model=model.clone() /> }).await)
}
