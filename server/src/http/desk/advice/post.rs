//! `POST /desk/{year}/advice`

use app::pages::desk_advice::AdviceTyped;
use axum::Form as Posted;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::inquiries::parse_id;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;

/// The form as typed.
#[derive(Deserialize)]
pub struct Typed {
    question: String,
    #[serde(default)]
    inquiry: String,
    asked: String,
    answer: String,
}

/// Shows a question and its answer to everybody.
pub async fn post(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path(year): Path<String>,
    Posted(typed): Posted<Typed>,
) -> Result<Response, Refusal> {
    let year = parse_year(&year)?;
    let question = (!typed.question.is_empty()).then_some(typed.question.as_str());
    let inquiry = if typed.inquiry.is_empty() { None } else { Some(parse_id(&typed.inquiry)?) };
    match state.service.add_advice(&account, year, question, inquiry, (&typed.asked, &typed.answer)).await {
        Ok(_) => Ok(Redirect::to(&format!("/desk/{}/advice", year.year())).into_response()),
        Err(Error::Invalid(problems)) => {
            let typed = AdviceTyped { question: typed.question, asked: typed.asked, answer: typed.answer };
            let mut response = super::show(&state, &account, &page, year, typed, problems).await?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
        Err(other) => Err(other.into()),
    }
}
