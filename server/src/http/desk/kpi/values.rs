//! `POST /desk/kpi/{id}/values`

use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use shared::kpi::TypedValue;

use super::Typed;
use crate::http::auth::Account;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// Saves the values that differ from what is stored, all or none.
pub async fn post(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path(id): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let values = typed(&fields);
    let Err(error) = state.service.save_kpi_values(&account, &id, &values).await else {
        return Ok(Redirect::to(&format!("/desk/kpi/{id}#values")).into_response());
    };
    let history = state.service.kpi_history(&account, &id).await?;
    let typed = Typed { values, ..Typed::default() };
    super::refused(&page, error, &history, state.service.clock().now().day(), typed).await
}

/// A value for each `period` of the form.
fn typed(fields: &[(String, String)]) -> Vec<TypedValue> {
    let field =
        |name: String| fields.iter().find(|(n, _)| *n == name).map(|(_, text)| text.clone()).unwrap_or_default();
    let periods = fields.iter().filter(|(name, _)| name == "period");
    let value = |period: &String| TypedValue {
        value: field(format!("value.{period}")),
        note: field(format!("note.{period}")),
        revision: field(format!("revision.{period}")).parse().unwrap_or(0),
        period: period.clone(),
    };
    periods.map(|(_, period)| value(period)).collect()
}
