//! `GET /desk/audit.csv`: all entries that match.

use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::{Asked, require_officer};
use crate::export::format::{Encoding, Form, Format};
use crate::http::auth::Account;
use crate::http::desk::accounts::typed::Names;
use crate::http::limits::Caller;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;

/// The file.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    require_officer(&account)?;
    let filter = asked.filter(&Names::of(&state).await?).map_err(Error::Invalid)?;
    let export = state.service.export_audit(&account, filter).await?;
    let opened = state.downloads.open(Caller::Account(account.id)).await?;
    let demo = if state.site.demonstration { "-demo" } else { "" };
    let headers = [
        (header::CONTENT_TYPE, Format::Csv.media_type(Encoding::default()).to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"shirabe-audit{demo}.csv\"")),
    ];
    // The form writes no number of rows.
    Ok((headers, opened.body(export, Form::from(Format::Csv), 0).await).into_response())
}
