//! `GET /api/v1/rounds/{year}/inquiries`

use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use shared::response::Side;
use shared::wire::{InquiryThread, InquiryWords, Problem};

use crate::http::api::paging::{PageParameters, Paging};
use crate::http::api::parameters::Year;
use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::store::{Inquiry, InquiryMessage};

/// What prefecture and municipalities talk over, oldest first: the own municipality's, or all for the prefecture's staff.
#[utoipa::path(
    get,
    path = "/api/v1/rounds/{year}/inquiries",
    tag = "rounds",
    params(Year, PageParameters),
    responses(
        (status = OK, body = Vec<InquiryThread>),
        (status = UNAUTHORIZED, body = Problem, content_type = "application/problem+json"),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list(
    State(state): State<AppState>,
    Account(account): Account,
    Path(year): Path<String>,
    paging: Paging,
) -> Result<impl IntoResponse, Refusal> {
    let year = parse_year(&year)?;
    let inquiries = if account.answers_for().is_some() {
        state.service.own_form(&account, year).await?;
        state.service.own_inquiries(&account, year).await?
    } else {
        state.service.inquiries(&account, year, None).await?
    };
    let page = paging.of_total(inquiries.len());
    let threads: Vec<InquiryThread> = page.part(inquiries).into_iter().map(thread).collect();
    Ok((page, Json(threads)))
}

fn thread(inquiry: Inquiry) -> InquiryThread {
    InquiryThread {
        id: inquiry.id.0,
        code: inquiry.code.to_string(),
        awaits: inquiry.awaits().map(Side::code).map(str::to_owned),
        question: inquiry.question.map(|question| question.to_string()),
        messages: inquiry.messages.into_iter().map(words).collect(),
    }
}

fn words(message: InquiryMessage) -> InquiryWords {
    InquiryWords {
        side: message.side.code().to_owned(),
        text: message.text,
        closes: message.closes,
        author: message.by.name,
        at: message.at.rfc3339(),
    }
}
