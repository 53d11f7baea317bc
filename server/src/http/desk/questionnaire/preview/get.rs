//! `GET /desk/{year}/questionnaire/preview`

use app::pages::desk_questionnaire_preview::{PreviewIndex, PreviewIndexPage};
use app::shell::NavSection;
use axum::extract::{Path, State};
use axum::response::Response;
use leptos::prelude::*;

use crate::http::auth::Account;
use crate::http::desk::questionnaire::words::facts;
use crate::http::forms::parse_year;
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// The sections to be looked at.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path(year): Path<String>,
) -> Result<Response, Refusal> {
    let preparation = state.service.preparation(&account, parse_year(&year)?).await?;
    let year = preparation.round.year;
    let model = PreviewIndex { year, sections: facts(&preparation.questionnaire, Some(year)).sections };
    let shown = Shown::new("調査票のプレビュー", NavSection::Desk);
    Ok(page.show(shown, move || view! { <PreviewIndexPage model=model.clone() /> }).await)
}
