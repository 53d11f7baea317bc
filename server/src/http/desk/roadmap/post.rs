//! `POST /desk/roadmap/{id}`

use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use shared::roadmap::TypedItem;
use shared::roadmap::typed::FIELDS;

use super::Typed;
use crate::http::auth::Account;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// Saves a new revision of the item.
pub async fn post(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path(id): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    // KPI rows are boxes: as many fields of the name as are ticked.
    let all = |name: &str| {
        let values = fields.iter().filter(|(field, _)| field == name).map(|(_, value)| value.as_str());
        values.collect::<Vec<_>>().join(" ")
    };
    let mut item = TypedItem::default();
    for field in FIELDS {
        item.set(field, &all(field));
    }
    // No item has the revision 0: a form without one is too late.
    let revision = all("revision").parse().unwrap_or(0);
    let Err(error) = state.service.save_roadmap_item(&account, &id, &item, revision).await else {
        return Ok(Redirect::to(&format!("/desk/roadmap/{id}")).into_response());
    };
    let history = state.service.roadmap_history(&account, &id).await?;
    let typed = Typed { item: Some((item, revision)), ..Typed::default() };
    super::refused(&state, &page, error, &history, typed).await
}
