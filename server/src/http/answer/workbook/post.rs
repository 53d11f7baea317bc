//! `POST /answer/{year}/workbook`: a workbook comes back.
//!
//! It is read, compared and forgotten: the differences travel in the merge page's own form, and nothing is stored
//! before somebody decided.

use app::pages::answer_workbook::AnswerWorkbook;
use axum::extract::{Multipart, Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use shared::fiscal_year::FiscalYear;
use shared::municipality::MunicipalityCode;
use shared::questionnaire::Questionnaire;
use tokio::sync::Semaphore;

use super::get;
use super::merge::show;
use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::http::upload::{self, Sent};
use crate::service::Error;
use crate::workbook::bounds::LARGEST_FILE;
use crate::workbook::read::Wanted;
use crate::workbook::{self, Filled, Refused};

/// Largest request body, in bytes. What is larger than [`LARGEST_FILE`] is read to its end and thrown away, so that the
/// browser gets to read why it is refused; beyond this the connection is closed.
pub const LARGEST_BODY: usize = 4 * LARGEST_FILE;

/// Workbooks that are read at the same time: memory stays what it is, however many arrive on the last day.
static READING: Semaphore = Semaphore::const_new(2);

/// Shows the differences, or why the file cannot be read.
pub async fn post(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path(year): Path<String>,
    form_data: Multipart,
) -> Result<Response, Refusal> {
    let year = parse_year(&year)?;
    let form = state.service.own_form(&account, year).await?;
    if let Some(reason) = form.read_only() {
        return Err(Error::Refused(reason).into());
    }
    let questionnaire = form.questionnaire.clone();
    let read = match upload::read(form_data, LARGEST_FILE).await?.file {
        Sent::Whole { name, bytes } => read(bytes, name, year, form.municipality.code, questionnaire).await?,
        Sent::TooLarge => Err(Refused::TooLarge),
        Sent::Nothing => Err(Refused::Empty),
    };
    match read {
        Ok(filled) => {
            let comparison = state.service.compare_workbook(form, filled).await?;
            Ok(show(&page, comparison, None, false).await)
        }
        Err(refused) => {
            let model =
                AnswerWorkbook { refused: Some(refused.to_string()), ..get::model(&form, state.service.clock().now()) };
            let mut response = get::show(&page, model).await;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
    }
}

/// Reads it apart from the threads that serve requests.
async fn read(
    bytes: Vec<u8>,
    file_name: String,
    year: FiscalYear,
    code: MunicipalityCode,
    questionnaire: std::sync::Arc<Questionnaire>,
) -> Result<Result<Filled, Refused>, Refusal> {
    let internal = |error: &dyn std::fmt::Display| Error::Internal(error.to_string());
    let _permit = READING.acquire().await.map_err(|error| internal(&error))?;
    let read = tokio::task::spawn_blocking(move || {
        let wanted = Wanted { year, code, questionnaire: &questionnaire };
        workbook::read(&bytes, &file_name, &wanted)
    });
    Ok(read.await.map_err(|error| internal(&error))?)
}
