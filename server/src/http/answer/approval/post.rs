//! `POST /answer/{year}/approval`: asking for approval, giving it or not; switching it on and off.

use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::http::answer::check::{Leftover, show};
use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;

/// The form as typed.
#[derive(Deserialize)]
pub struct Typed {
    act: Act,
    revision: Option<i64>,
    #[serde(default)]
    reason: String,
}

/// What is to be done.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Act {
    /// 承認を依頼する
    Request,
    /// 依頼を取り下げる
    Withdraw,
    /// 承認して提出する
    Approve,
    /// 庁内で差し戻す
    SendBack,
    /// Approval is required from now on.
    Require,
    /// It is not.
    Waive,
}

/// Acts and shows what came of it.
pub async fn post(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path(year): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Refusal> {
    let year = parse_year(&year)?;
    let (service, reason) = (&state.service, typed.reason.replace("\r\n", "\n"));
    let (done, target) = match typed.act {
        Act::Request => (service.request_approval(&account, year, typed.revision).await, ""),
        Act::Withdraw => (service.withdraw_request(&account, year).await, ""),
        Act::Approve => (service.approve(&account, year, typed.revision).await.map(|_| ()), "/receipt"),
        Act::SendBack => (service.send_back(&account, year, &reason).await, ""),
        Act::Require => (service.set_approval(&account, true).await, ""),
        Act::Waive => (service.set_approval(&account, false).await, ""),
    };
    let target = match done {
        Ok(()) => target,
        Err(Error::Invalid(problems)) if typed.act == Act::SendBack => {
            let form = service.own_form(&account, year).await?;
            let message = problems.into_iter().next().map(|problem| problem.message);
            let leftover = Leftover { reason: (reason, message), ..Leftover::default() };
            let mut response = show(&state, &page, &account, &form, leftover).await?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            return Ok(response);
        }
        Err(Error::Invalid(_)) => "/check",
        Err(Error::Changed) => "/check?changed=1",
        Err(other) => return Err(other.into()),
    };
    Ok(Redirect::to(&format!("/answer/{}{target}", year.year())).into_response())
}
