//! `GET /results`

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};

use super::seen::Seen;
use super::year;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// The latest year that the reader may see.
pub async fn get(State(state): State<AppState>, page: Page) -> Result<Response, Refusal> {
    let seen = Seen::by(&state.service, page.account.as_ref()).await?;
    match seen.latest() {
        Some(year) => Ok(Redirect::to(&format!("/results/{}", year.year())).into_response()),
        None => Ok(year::get::show(&page, year::get::nothing(None)).await),
    }
}
