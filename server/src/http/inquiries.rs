//! View models of inquiries, shared by the municipality's side and the prefecture's.

use app::components::advice::Advice;
use app::pages::inquiries::{InquiryItem, InquiryList, InquiryListPage};
use app::pages::inquiry::{AdviceDraft, InquiryPage, InquiryThread, Message};
use app::pages::inquiry_new::{InquiryNew, InquiryNewPage};
use app::shell::NavSection;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;
use serde::Deserialize;
use shared::fiscal_year::FiscalYear;
use shared::questionnaire::{QuestionName, Questionnaire};
use shared::response::Side;

use super::page::{Page, Shown};
use super::refusal::Refusal;
use super::state::AppState;
use crate::service::Error;
use crate::service::inquiries::Thread;
use crate::store::{Inquiry, InquiryId};

/// A reply as typed.
#[derive(Deserialize)]
pub struct TypedReply {
    /// The last message that was on the screen.
    pub after: u32,
    /// The message.
    pub text: String,
    /// `1` when it settles the inquiry.
    #[serde(default)]
    pub closes: String,
}

/// The first message of an inquiry, as typed.
#[derive(Deserialize)]
pub struct TypedMessage {
    /// The message.
    pub text: String,
}

/// The id in an address; anything else is a page that does not exist.
pub fn parse_id(text: &str) -> Result<InquiryId, Refusal> {
    text.parse().map(InquiryId).map_err(|_| Error::NotFound.into())
}

/// Number and text of a question.
pub fn about(questionnaire: &Questionnaire, question: Option<&QuestionName>) -> String {
    let found = question.and_then(|name| questionnaire.find(name.as_str()));
    match (found.map(|index| questionnaire.question(index)), question) {
        (Some(question), _) => format!("{} {}", question.number, question.label).trim().to_owned(),
        (None, Some(name)) => name.to_string(),
        (None, None) => "調査票の全体".to_owned(),
    }
}

/// What the prefecture answered everybody about the form as a whole.
pub async fn general_advice(state: &AppState, year: FiscalYear) -> Result<Vec<Advice>, Refusal> {
    let all = state.service.advice(year).await?.into_iter().filter(|entry| entry.question.is_none());
    Ok(all.map(|entry| Advice { asked: entry.asked, answer: entry.answer }).collect())
}

/// How a text begins.
fn beginning(text: &str) -> String {
    const SHOWN: usize = 40;
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() > SHOWN { line.chars().take(SHOWN).chain(['…']).collect() } else { line }
}

/// One line of a list, for a reader of that side.
pub fn item(
    year: FiscalYear,
    side: Side,
    inquiry: &Inquiry,
    about: String,
    municipality: Option<String>,
) -> Option<InquiryItem> {
    let last = inquiry.messages.last()?;
    let spoken = inquiry.messages.iter().rev().find(|message| !message.text.is_empty()).unwrap_or(last);
    Some(InquiryItem {
        href: format!("{}/{}", list_href(year, side), inquiry.id.0),
        municipality,
        about,
        last: beginning(&spoken.text),
        at: last.at,
        awaits: inquiry.awaits(),
    })
}

/// `/answer/{year}/inquiries` or `/desk/{year}/inquiries`
pub fn list_href(year: FiscalYear, side: Side) -> String {
    match side {
        Side::Municipality => format!("/answer/{}/inquiries", year.year()),
        Side::Prefecture => format!("/desk/{}/inquiries", year.year()),
    }
}

fn nav(side: Side) -> NavSection {
    match side {
        Side::Municipality => NavSection::Answer,
        Side::Prefecture => NavSection::Desk,
    }
}

/// Puts what awaits a reader of that side first, then the open, then the settled.
pub fn put_in_order(items: &mut [InquiryItem], side: Side) {
    items.sort_by_key(|item| match item.awaits {
        Some(awaited) if awaited == side => 0,
        Some(_) => 1,
        None => 2,
    });
}

/// The list: what awaits the reader first, then the open, then the settled.
pub async fn show_list(page: &Page, mut model: InquiryList) -> Response {
    let side = model.side;
    put_in_order(&mut model.items, side);
    let shown = Shown::new("県と市町村のやりとり", nav(side));
    page.show(shown, move || view! { <InquiryListPage model=model.clone() /> }).await
}

/// One inquiry, with what was typed when a reply was refused.
pub async fn show_thread(
    page: &Page,
    thread: &Thread,
    side: Side,
    refused: Option<(String, StatusCode, String)>,
) -> Response {
    let year = thread.round.year;
    let inquiry = &thread.inquiry;
    let list = list_href(year, side);
    let status = refused.as_ref().map_or(StatusCode::OK, |refused| refused.1);
    let (text, error) = refused.map_or_else(Default::default, |(text, _, error)| (text, Some(error)));
    let said = |by: Side| {
        let mut said = inquiry.messages.iter().filter(|message| message.side == by && !message.text.is_empty());
        said.next_back().map(|message| message.text.clone()).unwrap_or_default()
    };
    let draft = |speaks: Side| {
        (speaks == Side::Prefecture).then(|| AdviceDraft {
            action: format!("/desk/{}/advice", year.year()),
            question: inquiry.question.as_ref().map(ToString::to_string).unwrap_or_default(),
            inquiry: inquiry.id.0.to_string(),
            asked: said(Side::Municipality),
            answer: said(Side::Prefecture),
        })
    };
    let model = InquiryThread {
        year,
        href: format!("{list}/{}", inquiry.id.0),
        back: list,
        municipality: thread.municipality.name.clone(),
        about: about(&thread.questionnaire, inquiry.question.as_ref()),
        question_href: question_href(thread, side),
        messages: inquiry
            .messages
            .iter()
            .map(|message| Message {
                side: message.side,
                author: message.by.name.clone(),
                at: message.at,
                text: message.text.clone(),
                closes: message.closes,
            })
            .collect(),
        awaits: inquiry.awaits(),
        speaks_for: thread.speaks_for,
        after: inquiry.messages.last().map_or(0, |message| message.sequence),
        text,
        error,
        advice: thread.speaks_for.and_then(draft),
    };
    let shown = Shown::new("県と市町村のやりとり", nav(side));
    let mut response = page.show(shown, move || view! { <InquiryPage model=model.clone() /> }).await;
    *response.status_mut() = status;
    response
}

fn question_href(thread: &Thread, side: Side) -> Option<String> {
    let name = thread.inquiry.question.as_ref()?;
    let index = thread.questionnaire.find(name.as_str())?;
    let year = thread.round.year.year();
    Some(match side {
        Side::Municipality => {
            let section =
                thread.questionnaire.sections.iter().find(|section| section.questions().any(|q| q == index))?;
            format!("/answer/{year}/{}#q-{name}", section.name.as_str())
        }
        Side::Prefecture => format!("/desk/{year}/{}", thread.inquiry.code),
    })
}

/// What a refused reply leaves on the page; other errors stay errors.
pub fn refused_reply(error: Error, text: &str) -> Result<(String, StatusCode, String), Refusal> {
    match error {
        Error::Invalid(problems) => {
            let message = problems.into_iter().next().map(|problem| problem.message).unwrap_or_default();
            Ok((text.to_owned(), StatusCode::UNPROCESSABLE_ENTITY, message))
        }
        Error::Changed => {
            let message = "新しい発言があります。上で確認してから、もう一度送ってください。".to_owned();
            Ok((text.to_owned(), StatusCode::CONFLICT, message))
        }
        other => Err(other.into()),
    }
}

/// The form of a new inquiry, with what was typed when it was refused.
pub async fn show_new(page: &Page, model: InquiryNew) -> Response {
    let shown = Shown::new("県と市町村のやりとり", nav(model.side));
    let status = if model.error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let mut response = page.show(shown, move || view! { <InquiryNewPage model=model.clone() /> }).await;
    *response.status_mut() = status;
    response
}
