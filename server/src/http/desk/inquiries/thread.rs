//! `GET` and `POST /desk/{year}/inquiries/{id}`

use axum::Form as Posted;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use shared::response::Side;

use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::inquiries::{TypedReply, list_href, parse_id, refused_reply, show_thread};
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::inquiries::Reply;

/// What was said.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path((year, id)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let thread = state.service.thread(&account, parse_year(&year)?, parse_id(&id)?).await?;
    Ok(show_thread(&page, &thread, Side::Prefecture, None).await)
}

/// Replies, or settles it.
pub async fn post(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path((year, id)): Path<(String, String)>,
    Posted(typed): Posted<TypedReply>,
) -> Result<Response, Refusal> {
    let (year, id) = (parse_year(&year)?, parse_id(&id)?);
    let reply = Reply { after: typed.after, text: &typed.text, closes: typed.closes == "1" };
    match state.service.reply(&account, year, id, &reply).await {
        Ok(()) => Ok(Redirect::to(&format!("{}/{}", list_href(year, Side::Prefecture), id.0)).into_response()),
        Err(error) => {
            let refused = refused_reply(error, &typed.text)?;
            let thread = state.service.thread(&account, year, id).await?;
            Ok(show_thread(&page, &thread, Side::Prefecture, Some(refused)).await)
        }
    }
}
