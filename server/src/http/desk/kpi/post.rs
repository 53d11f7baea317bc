//! `POST /desk/kpi/{id}`

use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use shared::kpi::Kpi;
use shared::wire::FieldProblem;

use crate::http::auth::Account;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;

/// The form as typed.
#[derive(Deserialize)]
pub struct Typed {
    revision: u32,
    label: String,
    unit: String,
    baseline: String,
    baseline_period: String,
    target_2028: String,
    source: String,
    frequency: String,
    note: String,
}

/// Saves a new revision of the row.
pub async fn post(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path(id): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Refusal> {
    let history = state.service.kpi_history(&account, &id).await?;
    let stored = &history.last().ok_or(Error::NotFound)?.kpi;
    let trimmed = |text: String| text.trim().to_owned();
    let kpi = Kpi {
        id,
        category: stored.category.clone(),
        computed: stored.computed.clone(),
        label: trimmed(typed.label),
        unit: trimmed(typed.unit),
        baseline: trimmed(typed.baseline),
        baseline_period: trimmed(typed.baseline_period),
        target_2028: trimmed(typed.target_2028),
        source: trimmed(typed.source),
        frequency: trimmed(typed.frequency),
        note: typed.note.replace("\r\n", "\n").trim().to_owned(),
    };
    let (status, problems) = match state.service.save_kpi(&account, kpi.clone(), typed.revision).await {
        Ok(()) => return Ok(Redirect::to("/indicators#ledger").into_response()),
        Err(Error::Invalid(problems)) => (StatusCode::UNPROCESSABLE_ENTITY, problems),
        Err(Error::Changed) => {
            let message =
                "ほかの人が先に変更しました。下の履歴を確認し、必要なら入力し直して保存してください。".to_owned();
            (StatusCode::CONFLICT, vec![FieldProblem { field: String::new(), message }])
        }
        Err(other) => return Err(other.into()),
    };
    let history = state.service.kpi_history(&account, &kpi.id).await?;
    let mut response = super::show(&page, kpi, &history, problems).await;
    *response.status_mut() = status;
    Ok(response)
}
