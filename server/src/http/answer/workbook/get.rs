//! `GET /answer/{year}/workbook`

use app::pages::answer_workbook::{AnswerWorkbook, AnswerWorkbookPage};
use app::shell::NavSection;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use leptos::prelude::*;
use serde::Deserialize;
use shared::time::Timestamp;

use crate::http::auth::Account;
use crate::http::forms::{deadline, parse_year};
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::answering::Form;

/// What was done before.
#[derive(Deserialize)]
pub struct Asked {
    /// Answers just saved from a workbook.
    saved: Option<String>,
}

/// Download and upload.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path(year): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let form = state.service.own_form(&account, parse_year(&year)?).await?;
    let model = AnswerWorkbook {
        saved: asked.saved.and_then(|count| count.parse().ok()),
        ..model(&form, state.service.clock().now())
    };
    Ok(show(&page, model).await)
}

/// The page with nothing done yet.
pub(super) fn model(form: &Form, now: Timestamp) -> AnswerWorkbook {
    AnswerWorkbook {
        year: form.round.year,
        municipality: form.municipality.name.clone(),
        deadline: deadline(form, now),
        read_only: form.read_only(),
        refused: None,
        saved: None,
    }
}

pub(super) async fn show(page: &Page, model: AnswerWorkbook) -> Response {
    let shown = Shown::new("Excelで入力", NavSection::Answer);
    page.show(shown, move || view! { <AnswerWorkbookPage model=model.clone() /> }).await
}
