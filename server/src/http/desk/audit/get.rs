//! `GET /desk/audit`

use app::pages::desk_audit::{DeskAudit, DeskAuditPage};
use app::shell::NavSection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::words::Words;
use super::{Asked, PAGE, require_officer};
use crate::http::auth::Account;
use crate::http::desk::accounts::typed::Names;
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// The latest entries that match; none, and why, where what is asked for cannot be read.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    require_officer(&account)?;
    let names = Names::of(&state).await?;
    let (entries, problems) = match asked.filter(&names) {
        Ok(filter) => (state.service.audit(&account, &filter).await?, Vec::new()),
        Err(problems) => (Vec::new(), problems),
    };
    let words = Words::of(&state, names, &entries).await?;
    let full = u32::try_from(entries.len()).is_ok_and(|count| count == PAGE);
    let last = entries.last().map(|entry| entry.id).filter(|_| full);
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let model = DeskAudit {
        asked: asked.typed(),
        entries: entries.into_iter().map(|entry| words.item(entry)).collect(),
        older: last.map(|id| asked.address("/desk/audit", Some(id))),
        csv: problems.is_empty().then(|| asked.address("/desk/audit.csv", None)),
        problems,
    };
    let shown = Shown::new("監査記録", NavSection::Desk);
    let mut response = page.show(shown, move || view! { <DeskAuditPage model=model.clone() /> }).await;
    *response.status_mut() = status;
    Ok(response)
}
