//! One section of the form.
pub mod get;
pub mod post;

use app::pages::answer_section::{AnswerSection, AnswerSectionPage};
use app::shell::NavSection;
use axum::response::Response;
use leptos::prelude::*;
use shared::questionnaire::Section;
use shared::time::Timestamp;

use crate::http::forms::{Leftovers, deadline, live_form, question_groups, section_items};
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::service::Error;
use crate::service::answering::Form;

fn find<'f>(form: &'f Form, name: &str) -> Result<&'f Section, Refusal> {
    form.questionnaire.section(name).ok_or_else(|| Error::NotFound.into())
}

async fn show(
    page: &Page,
    form: &Form,
    section: &Section,
    leftovers: &Leftovers,
    from_check: bool,
    now: Timestamp,
) -> Response {
    let read_only = form.read_only();
    let model = AnswerSection {
        year: form.round.year,
        municipality: form.municipality.name.clone(),
        deadline: deadline(form, now),
        name: section.name.clone(),
        title: section.title.clone(),
        lead: section.lead.clone(),
        sections: section_items(form),
        groups: question_groups(form, section, leftovers),
        live: read_only.is_none().then(|| live_form(form, section)),
        read_only,
        from_check,
    };
    let shown = Shown { title: section.title.clone(), section: NavSection::Answer, island: model.live.is_some() };
    page.show(shown, move || view! { <AnswerSectionPage model=model.clone() /> }).await
}
