//! `POST /desk/roadmap/{id}/reviews`

use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use shared::roadmap::TypedReview;

use super::Typed;
use crate::http::auth::Account;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// Saves the reviews that differ from what is stored, all or none.
pub async fn post(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path(id): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let reviews = typed(&fields);
    let Err(error) = state.service.save_roadmap_reviews(&account, &id, &reviews).await else {
        return Ok(Redirect::to(&format!("/desk/roadmap/{id}#reviews")).into_response());
    };
    let history = state.service.roadmap_history(&account, &id).await?;
    let typed = Typed { reviews, ..Typed::default() };
    super::refused(&state, &page, error, &history, typed).await
}

/// A review for each `period` of the form.
fn typed(fields: &[(String, String)]) -> Vec<TypedReview> {
    let field =
        |name: String| fields.iter().find(|(n, _)| *n == name).map(|(_, text)| text.clone()).unwrap_or_default();
    let periods = fields.iter().filter(|(name, _)| name == "period");
    let review = |period: &String| TypedReview {
        status: field(format!("status.{period}")),
        note: field(format!("note.{period}")),
        revision: field(format!("revision.{period}")).parse().unwrap_or(0),
        period: period.clone(),
    };
    periods.map(|(_, period)| review(period)).collect()
}
