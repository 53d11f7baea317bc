//! `GET /desk/{year}/{code}`

use app::pages::desk_response::{DeskResponse, DeskResponsePage, ResponseEvent};
use app::shell::NavSection;
use axum::extract::{Path, State};
use axum::response::Response;
use leptos::prelude::*;
use shared::municipality::MunicipalityCode;
use shared::response::ResponseState;

use crate::http::auth::Account;
use crate::http::forms::{answered_sections, parse_year};
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;
use crate::store;

/// The response, what happened to it, and the button that accepts it.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path((year, code)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let code: MunicipalityCode = code.parse().map_err(|_| Error::NotFound)?;
    let (form, events) = state.service.review(&account, parse_year(&year)?, code).await?;
    let receipt = form.response.receipt.as_ref();
    let model = DeskResponse {
        year: form.round.year,
        code,
        municipality: form.municipality.name.clone(),
        region: form.municipality.region,
        state: form.response.state,
        receipt: receipt.map(|r| r.number.clone()),
        sha256: receipt.map(|r| r.content_hash.clone()),
        may_accept: form.round.state.is_under_review() && form.response.state == ResponseState::Submitted,
        events: events.iter().map(in_words).collect(),
        sections: answered_sections(&form, false),
    };
    let shown = Shown::new(model.municipality.clone(), NavSection::Desk);
    Ok(page.show(shown, move || view! { <DeskResponsePage model=model.clone() /> }).await)
}

fn in_words(event: &store::ResponseEvent) -> ResponseEvent {
    let what = match event.to {
        ResponseState::NotStarted => "回答の受付が始まりました".to_owned(),
        ResponseState::InProgress => "入力を始めました".to_owned(),
        ResponseState::AwaitingApproval => "承認を依頼しました".to_owned(),
        ResponseState::Submitted => format!("提出しました（受付番号 {}）", event.note),
        ResponseState::Returned => format!("差し戻しました（{}）", event.note),
        ResponseState::Accepted => "受理しました".to_owned(),
    };
    ResponseEvent { at: event.at, actor: event.by.name.clone(), what }
}
