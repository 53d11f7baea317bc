//! `POST /data/exports`

use axum::extract::{Form as Sent, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::export::dataset::{self, Years};
use crate::export::format::Format;
use crate::http::data::files::get::{file_name, form};
use crate::http::data::listing;
use crate::http::limits::Caller;
use crate::http::orders::{Order, TooMany};
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;
use crate::service::answering::hex;

/// What is ordered.
#[derive(Deserialize)]
pub struct Ordered {
    /// Period, dataset and scope: `2025/answers/all`.
    data: String,
    /// The end of the file's name.
    format: String,
    /// Of CSV: its characters.
    encoding: Option<String>,
    /// Of CP932: what becomes of characters that it does not have.
    on_unmappable: Option<String>,
}

/// Orders a file and leads to its page.
pub async fn post(
    State(state): State<AppState>,
    caller: Caller,
    page: Page,
    Sent(ordered): Sent<Ordered>,
) -> Result<Response, Refusal> {
    let unreadable = || Refusal::BadRequest("データと形式を選んでください。".to_owned());
    let mut parts = ordered.data.split('/');
    let (Some(period), Some(id), Some(whole), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
        return Err(unreadable());
    };
    let years = Years::of_code(period).ok_or_else(unreadable)?;
    let dataset = dataset::find(id).ok_or_else(unreadable)?;
    let format = Format::of_extension(&ordered.format).ok_or_else(unreadable)?;
    let form = form(format, ordered.encoding.as_deref(), ordered.on_unmappable.as_deref())?;
    let scope = listing::scope(page.account.as_ref(), dataset, years, Some(whole))?;
    let export = state.service.export(dataset, scope).await?;
    let order = Order::new(
        random_id()?,
        page.account.as_ref().map(|account| account.id),
        caller,
        format!("{}、{}、{}", export.provenance.title, export.provenance.period(), format.label()),
        file_name(&state, scope, id, format),
        form,
        state.service.clock().now(),
    );
    state.orders.begin(&order, export).map_err(|TooMany| {
        Error::Refused(
            "作成中のファイルがいくつもあります。終わるのを待つか、止めてから、もう一度作成してください。".to_owned(),
        )
    })?;
    Ok(Redirect::to(&format!("/data/exports/{}", order.id)).into_response())
}

fn random_id() -> Result<String, Error> {
    let mut id = [0_u8; 16];
    getrandom::fill(&mut id).map_err(|error| Error::Internal(error.to_string()))?;
    Ok(hex(&id))
}
