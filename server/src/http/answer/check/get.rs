//! `GET /answer/{year}/check`

use app::pages::answer_check::{AnswerCheck, AnswerCheckPage};
use app::shell::NavSection;
use axum::extract::{Path, State};
use axum::response::Response;
use leptos::prelude::*;

use crate::http::auth::Account;
use crate::http::forms::{answered_sections, deadline, parse_year};
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// All answers in words, and what still prevents submission.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path(year): Path<String>,
) -> Result<Response, Refusal> {
    let form = state.service.own_form(&account, parse_year(&year)?).await?;
    let read_only = form.read_only();
    let model = AnswerCheck {
        year: form.round.year,
        municipality: form.municipality.name.clone(),
        deadline: deadline(&form, state.service.clock().now()),
        sections: answered_sections(&form, read_only.is_none()),
        read_only,
    };
    let shown = Shown::new("内容の確認と提出", NavSection::Answer);
    Ok(page.show(shown, move || view! { <AnswerCheckPage model=model.clone() /> }).await)
}
