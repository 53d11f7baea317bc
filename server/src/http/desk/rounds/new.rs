//! `GET` and `POST /desk/rounds/new`: the next year's round, started from the last one.

use app::pages::desk_questionnaire::questionnaire_href;
use app::pages::desk_round_new::{DeskRoundNew, DeskRoundNewPage};
use app::shell::NavSection;
use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use serde::Deserialize;

use crate::http::auth::Account;
use crate::http::desk::questionnaire::words::asked;
use crate::http::forms::parse_year;
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// The year that the page said.
#[derive(Deserialize)]
pub struct Typed {
    year: String,
}

/// What the next round would begin with.
pub async fn get(State(state): State<AppState>, Account(account): Account, page: Page) -> Result<Response, Refusal> {
    let next = state.service.next_round(&account).await?;
    let questionnaire = &next.questionnaire;
    let model = DeskRoundNew {
        year: next.year,
        last: next.last.year,
        questionnaire: format!("{} {}", questionnaire.form_id, questionnaire.version),
        questions: questionnaire.questions.iter().filter(|question| asked(question)).count(),
        definitions: next.definitions.iter().map(|d| (d.title.clone(), d.version_label())).collect(),
        ended: next.ended.iter().map(|definition| definition.title.clone()).collect(),
        accounts: next.accounts,
    };
    let shown = Shown::new("次の年度の調査を準備する", NavSection::Desk);
    Ok(page.show(shown, move || view! { <DeskRoundNewPage model=model.clone() /> }).await)
}

/// Adds the round as a draft and goes on to its questionnaire.
pub async fn post(
    State(state): State<AppState>,
    Account(account): Account,
    Form(typed): Form<Typed>,
) -> Result<Response, Refusal> {
    let year = parse_year(&typed.year)?;
    state.service.start_next_round(&account, year).await?;
    Ok(Redirect::to(&questionnaire_href(year)).into_response())
}
