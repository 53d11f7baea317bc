//! `POST /api/v1/rounds/{year}/responses/{code}/approval`

use axum::Json;
use axum::extract::{Path, State};
use shared::wire::{ApprovalAct, ApprovalStep, Problem, StateOfResponse};

use super::parse_code;
use crate::http::api::parameters::{Code, Year};
use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;

/// A step of the own municipality's approval: asking for it, taking that back, giving it (which hands the response in)
/// or sending the response back inside the municipality. Repeating a step changes nothing.
#[utoipa::path(
    post,
    path = "/api/v1/rounds/{year}/responses/{code}/approval",
    tag = "rounds",
    params(Year, Code),
    request_body = ApprovalStep,
    responses(
        (status = OK, body = StateOfResponse),
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
    Json(step): Json<ApprovalStep>,
) -> Result<Json<StateOfResponse>, Refusal> {
    let (year, code) = (parse_year(&year)?, parse_code(&code)?);
    if account.answers_for() != Some(code) {
        return Err(Error::NotFound.into());
    }
    let service = &state.service;
    match step.act {
        ApprovalAct::Request => service.request_approval(&account, year, step.revision).await?,
        ApprovalAct::Withdraw => service.withdraw_request(&account, year).await?,
        ApprovalAct::Approve => service.approve(&account, year, step.revision).await.map(|_| ())?,
        ApprovalAct::SendBack => service.send_back(&account, year, &step.reason).await?,
    }
    let response = service.own_form(&account, year).await?.response;
    let (state, receipt) = (response.state.code().to_owned(), response.receipt.map(|receipt| receipt.number));
    Ok(Json(StateOfResponse { state, receipt }))
}
