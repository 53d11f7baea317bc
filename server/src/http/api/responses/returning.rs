//! `POST /api/v1/rounds/{year}/responses/{code}/return`

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use shared::questionnaire::QuestionName;
use shared::wire::{Problem, ReturnOfResponse};

use super::parse_code;
use crate::http::api::parameters::{Code, Year};
use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::returning::ReturnRequest;
use crate::store::ReturnedQuestion;

/// Sends a submitted or accepted response back, for single questions or as a whole; for officers.
#[utoipa::path(
    post,
    path = "/api/v1/rounds/{year}/responses/{code}/return",
    tag = "rounds",
    params(Year, Code),
    request_body = ReturnOfResponse,
    responses(
        (status = NO_CONTENT),
        (status = UNAUTHORIZED, body = Problem, content_type = "application/problem+json"),
        (status = FORBIDDEN, body = Problem, content_type = "application/problem+json"),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
        (status = CONFLICT, body = Problem, content_type = "application/problem+json"),
        (status = UNPROCESSABLE_ENTITY, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn post(
    State(state): State<AppState>,
    Account(account): Account,
    Path((year, code)): Path<(String, String)>,
    Json(sent): Json<ReturnOfResponse>,
) -> Result<StatusCode, Refusal> {
    let (year, code) = (parse_year(&year)?, parse_code(&code)?);
    let question = |reason: shared::wire::QuestionReason| ReturnedQuestion {
        question: QuestionName(reason.question),
        reason: reason.reason,
    };
    let questions = sent.questions.into_iter().map(question).collect();
    let request = ReturnRequest { seen: sent.revision, note: sent.note, questions };
    state.service.return_response(&account, year, code, request).await?;
    Ok(StatusCode::NO_CONTENT)
}
