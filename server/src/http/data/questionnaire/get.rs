//! `GET /data/{year}/questionnaire.xlsx`

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::export::format::{Encoding, Format};
use crate::http::api::parameters::Year;
use crate::http::data::listing;
use crate::http::forms::parse_year;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;
use crate::xlsform;

/// The questionnaire as XLSForm: of a published round for everybody, of one under way for the prefecture.
#[utoipa::path(
    get,
    path = "/data/{year}/questionnaire.xlsx",
    tag = "data",
    params(Year),
    responses(
        (status = OK, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (status = NOT_FOUND, description = "ありません。"),
    )
)]
pub async fn get(State(state): State<AppState>, page: Page, Path(year): Path<String>) -> Result<Response, Refusal> {
    let year = parse_year(&year)?;
    if !listing::questionnaires(&state, page.clearance()).await?.contains(&year) {
        return Err(Error::NotFound.into());
    }
    let questionnaire = state.service.questionnaire_of(year).await?;
    let bytes = xlsform::export::workbook(&questionnaire.source).map_err(|e| Error::Internal(e.to_string()))?;
    let name = format!("attachment; filename=\"shirabe-{}-questionnaire.xlsx\"", year.year());
    let kind = Format::Xlsx.media_type(Encoding::default()).to_owned();
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)], bytes).into_response())
}
