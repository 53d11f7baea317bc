//! `POST /data/exports`

use axum::extract::{Form as Sent, State};
use axum::response::Response;
use serde::Deserialize;

use crate::export::dataset::{self, Years};
use crate::export::format::Format;
use crate::http::data::files::get::form;
use crate::http::data::listing;
use crate::http::jobs::{self, request::ExportRequest, request::JobRequest};
use crate::http::limits::Caller;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// What is asked for.
#[derive(Deserialize)]
pub struct Typed {
    /// Period, dataset and scope: `2025/answers/all`.
    data: String,
    /// The end of the file's name.
    format: String,
    /// Of CSV: its characters.
    encoding: Option<String>,
    /// Of CP932: what becomes of characters that it does not have.
    on_unmappable: Option<String>,
}

/// Has a file made, and leads to the page of that job.
pub async fn post(
    State(state): State<AppState>,
    caller: Caller,
    page: Page,
    Sent(typed): Sent<Typed>,
) -> Result<Response, Refusal> {
    let unreadable = || Refusal::BadRequest("データと形式を選んでください。".to_owned());
    let mut parts = typed.data.split('/');
    let (Some(period), Some(id), Some(whole), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
        return Err(unreadable());
    };
    let years = Years::of_code(period).ok_or_else(unreadable)?;
    let dataset = dataset::find(id).ok_or_else(unreadable)?;
    let format = Format::of_extension(&typed.format).ok_or_else(unreadable)?;
    let form = form(format, typed.encoding.as_deref(), typed.on_unmappable.as_deref())?;
    let scope = listing::scope(page.account.as_ref(), dataset, years, Some(whole))?;
    let export = state.service.export(dataset, scope).await?;
    let title = format!("{}、{}、{}", export.provenance.title, export.provenance.period(), format.label());
    let request = JobRequest::Export(ExportRequest::of(scope, id, form));
    let owner = page.account.as_ref().map(|account| account.id);
    jobs::add(&state, owner, caller, title, &request).await
}
