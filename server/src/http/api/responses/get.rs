//! `GET /api/v1/rounds/{year}/responses/{code}`

use axum::Json;
use axum::extract::{Path, State};
use shared::wire::{CurrentAnswer, CurrentResponse, Problem, QuestionReason};

use super::parse_code;
use crate::http::api::parameters::{Code, Year};
use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;
use crate::store::ReturnedQuestion;

/// One response with its current answers: the own municipality's, or any for the prefecture's staff.
#[utoipa::path(
    get,
    path = "/api/v1/rounds/{year}/responses/{code}",
    tag = "rounds",
    params(Year, Code),
    responses(
        (status = OK, body = CurrentResponse),
        (status = UNAUTHORIZED, body = Problem, content_type = "application/problem+json"),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    Path((year, code)): Path<(String, String)>,
) -> Result<Json<CurrentResponse>, Refusal> {
    let form = state.service.readable_form(&account, parse_year(&year)?, parse_code(&code)?).await?;
    let mut answers = Vec::new();
    for (question, stored) in &form.answers {
        let value = stored.value.as_ref().map(serde_json::to_value).transpose();
        answers.push(CurrentAnswer {
            question: question.to_string(),
            value: value.map_err(|e| Error::Internal(e.to_string()))?.unwrap_or_default(),
            revision: stored.revision,
            author: stored.by.name.clone(),
            saved_at: stored.at.rfc3339(),
        });
    }
    Ok(Json(CurrentResponse {
        year: form.round.year.year(),
        code: form.municipality.code.to_string(),
        name: form.municipality.name.clone(),
        state: form.response.state.code().to_owned(),
        read_only: form.read_only(),
        problems: form.problems(),
        revision: form.response.revision,
        returned: form.returned.iter().map(reason).collect(),
        answers,
    }))
}

fn reason(returned: &ReturnedQuestion) -> QuestionReason {
    QuestionReason { question: returned.question.to_string(), reason: returned.reason.clone() }
}
