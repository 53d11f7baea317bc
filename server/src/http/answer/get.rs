//! `GET /answer`, `GET /answer/{year}`

use app::pages::answer_list::{AnswerList, AnswerListPage};
use app::shell::NavSection;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;

use crate::http::auth::Account;
use crate::http::forms::{deadline, parse_year, section_items};
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;

/// Goes on to the round that is open, or else to the latest.
pub async fn get(State(state): State<AppState>, Account(account): Account) -> Result<Response, Refusal> {
    if account.answers_for().is_none() {
        return Err(Error::Forbidden.into());
    }
    let Some(round) = state.service.current_round().await? else {
        return Err(
            Error::Refused("受付を開始した調査がまだありません。開始の案内をお待ちください。".to_owned()).into()
        );
    };
    Ok(Redirect::to(&format!("/answer/{}", round.year.year())).into_response())
}

/// The task list.
pub async fn of_year(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path(year): Path<String>,
) -> Result<Response, Refusal> {
    let form = state.service.own_form(&account, parse_year(&year)?).await?;
    let sections = section_items(&form);
    // A section without required questions may stay as it is.
    let evaluation = form.evaluation();
    let unfinished = form.questionnaire.sections.iter().find(|section| {
        let progress = form.progress(&evaluation, section);
        progress.missing > 0 || progress.broken > 0
    });
    let model = AnswerList {
        year: form.round.year,
        municipality: form.municipality.name.clone(),
        deadline: deadline(&form, state.service.clock().now()),
        state: form.response.state,
        read_only: form.read_only(),
        next: unfinished.map(|s| s.name.clone()),
        receipt: form.response.receipt.as_ref().map(|r| r.number.clone()),
        sections,
    };
    let shown = Shown::new("回答", NavSection::Answer);
    Ok(page.show(shown, move || view! { <AnswerListPage model=model.clone() /> }).await)
}
