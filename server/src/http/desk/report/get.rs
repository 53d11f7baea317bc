//! `GET /desk/{year}/report`

use app::pages::report::ReportPage;
use app::shell::NavSection;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use leptos::prelude::*;

use super::Asked;
use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// The report, to be read and printed.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path(year): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let year = parse_year(&year)?;
    let model = super::report(&state, &account, year, &asked).await?;
    let shown = Shown { sortable: false, ..Shown::new(format!("{} 年次報告", year.wareki()), NavSection::Desk) };
    Ok(page.show(shown, move || view! { <ReportPage model=model.clone() /> }).await)
}
