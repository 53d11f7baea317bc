//! `GET /answer/{year}/workbook.xlsx`

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The response as it is now; one that cannot be changed as a copy to keep.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    Path(year): Path<String>,
) -> Result<Response, Refusal> {
    let (form, bytes) = state.service.workbook(&account, parse_year(&year)?).await?;
    let demo = if state.site.demonstration { "-demo" } else { "" };
    let (year, code) = (form.round.year, form.municipality.code);
    // The name in words, and for what does not know RFC 6266's `filename*` one in ASCII.
    let words = format!("{} {} DXアンケート回答{demo}.xlsx", year.wareki(), form.municipality.name);
    let words: String = percent_encoded(&words);
    let plain = format!("shirabe-{}-{code}{demo}.xlsx", year.year());
    let name = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{words}");
    let headers = [(header::CONTENT_TYPE, XLSX.to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, bytes).into_response())
}

/// RFC 8187: everything but letters, digits and a few marks as `%XX`.
fn percent_encoded(text: &str) -> String {
    // Form encoding differs only in the blank and in `*`, which needs it here.
    let encoded: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
    encoded.replace('+', "%20").replace('*', "%2A")
}
