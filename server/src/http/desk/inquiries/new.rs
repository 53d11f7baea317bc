//! `GET` and `POST /desk/{year}/{code}/inquiries/new`

use app::pages::inquiry_new::InquiryNew;
use axum::Form as Posted;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use shared::response::Side;

use crate::http::api::responses::parse_code;
use crate::http::auth::Account;
use crate::http::desk::check::Named;
use crate::http::forms::parse_year;
use crate::http::inquiries::{TypedMessage, about, list_href, refused_reply, show_new};
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;
use crate::service::answering::Form;
use crate::service::checking::words::inquiry;
use crate::service::checking::{Check, Found};

/// The form of a question to a municipality; about a finding, with a text to begin from.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path((year, code)): Path<(String, String)>,
    Query(asked): Query<Named>,
) -> Result<Response, Refusal> {
    let (year, code) = (parse_year(&year)?, parse_code(&code)?);
    let (form, _) = state.service.review(&account, year, code).await?;
    let words = |check: &Check, found: &Found| inquiry(&check.questionnaire, &found.finding);
    let text = asked.proposal(&state, &account, year, code, words).await?.unwrap_or_default();
    Ok(show_new(&page, model(&form, asked.question.as_deref(), text, None)?).await)
}

/// Sends it.
pub async fn post(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path((year, code)): Path<(String, String)>,
    Query(asked): Query<Named>,
    Posted(typed): Posted<TypedMessage>,
) -> Result<Response, Refusal> {
    let (year, code) = (parse_year(&year)?, parse_code(&code)?);
    let question = asked.question.as_deref().filter(|name| !name.is_empty());
    match state.service.ask_municipality(&account, year, code, question, &typed.text).await {
        Ok(id) => Ok(Redirect::to(&format!("{}/{}", list_href(year, Side::Prefecture), id.0)).into_response()),
        Err(error) => {
            let (text, _, message) = refused_reply(error, &typed.text)?;
            let (form, _) = state.service.review(&account, year, code).await?;
            Ok(show_new(&page, model(&form, question, text, Some(message))?).await)
        }
    }
}

fn model(form: &Form, question: Option<&str>, text: String, error: Option<String>) -> Result<InquiryNew, Refusal> {
    let year = form.round.year;
    let question = question.filter(|name| !name.is_empty());
    let found = match question {
        Some(name) => Some(form.questionnaire.find(name).ok_or(Error::NotFound)?),
        None => None,
    };
    let response = format!("/desk/{}/{}", year.year(), form.municipality.code);
    let query = question.map(|name| format!("?question={name}")).unwrap_or_default();
    Ok(InquiryNew {
        year,
        side: Side::Prefecture,
        municipality: form.municipality.name.clone(),
        about: found.map(|index| about(&form.questionnaire, Some(&form.questionnaire.question(index).name))),
        action: format!("{response}/inquiries/new{query}"),
        back: response,
        text,
        error,
    })
}
