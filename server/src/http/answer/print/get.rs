//! `GET /answer/{year}/print`

use app::pages::answer_print::{AnswerPrint, AnswerPrintPage, PaperPurpose};
use app::shell::NavSection;
use axum::extract::{Path, State};
use axum::response::Response;
use leptos::prelude::*;
use shared::round::RoundState;

use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::sheet::sheet;
use crate::http::signatures::signature_words;
use crate::http::state::AppState;
use crate::service::answering::Form;
use crate::service::course;
use crate::store::ResponseEvent;

/// The response for 決裁, as 控え once it was handed in, as a blank form before the round opens.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path(year): Path<String>,
) -> Result<Response, Refusal> {
    let form = state.service.own_or_blank_form(&account, parse_year(&year)?).await?;
    let events = match form.round.state {
        RoundState::Draft => Vec::new(),
        _ => state.service.events_of(&form).await?,
    };
    let model = AnswerPrint {
        year: form.round.year,
        survey: form.questionnaire.title.clone(),
        version: form.questionnaire.version.clone(),
        municipality: form.municipality.name.clone(),
        reference_date: form.round.dates.map(|dates| dates.reference_date),
        deadline: form.deadline(),
        purpose: purpose(&form, &events),
        state: form.response.state,
        revision: form.response.revision,
        answered_of_asked: form.answered_of_asked(),
        sha256: form.content_hash()?,
        at: state.service.clock().now(),
        sheet: sheet(&form, None),
    };
    let shown = Shown::new("印刷", NavSection::Answer);
    Ok(page.show(shown, move || view! { <AnswerPrintPage model=model.clone() /> }).await)
}

fn purpose(form: &Form, events: &[ResponseEvent]) -> PaperPurpose {
    if form.round.state == RoundState::Draft {
        return PaperPurpose::Blank;
    }
    match &form.response.receipt {
        Some(receipt) if form.response.state.is_handed_in() => PaperPurpose::Receipt {
            number: receipt.number.clone(),
            submitted_at: receipt.at,
            signatures: signature_words(events, receipt),
        },
        _ => PaperPurpose::Decision { asked_by: course::awaited_by(events).map(|event| event.by.name.clone()) },
    }
}
