//! `POST /desk/{year}/state`

use app::pages::desk::{DeskFilter, OpeningForm};
use app::pages::desk_publication::Reasoned;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use shared::fiscal_year::FiscalYear;
use shared::round::RoundState;
use shared::time::Timestamp;
use shared::wire::FieldProblem;

use crate::http::auth::Account;
use crate::http::desk::publication;
use crate::http::forms::parse_year;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;
use crate::store::{AccountRecord, RoundDates};

/// The form as typed.
#[derive(Deserialize)]
pub struct Typed {
    to: String,
    #[serde(default)]
    deadline: String,
    #[serde(default)]
    reference_date: String,
    #[serde(default)]
    reason: String,
}

/// Opens, closes, finalizes or publishes.
pub async fn post(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path(year): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Refusal> {
    let year = parse_year(&year)?;
    let Some(to) = RoundState::of_code(&typed.to) else {
        return Err(Refusal::BadRequest("次の段階を読み取れません。画面を開き直してください。".to_owned()));
    };
    match advance(&state, &account, year, to, &typed).await {
        Ok(()) => Ok(Redirect::to(&format!("/desk/{}", year.year())).into_response()),
        Err(Error::Invalid(problems)) if to == RoundState::Published => {
            let typed = publication::Typed {
                reason: Some((Reasoned::Publication, typed.reason)),
                problems,
                ..publication::Typed::default()
            };
            publication::show(&state, &account, &page, year, typed).await
        }
        Err(Error::Invalid(problems)) => {
            let board = state.service.board(&account, year).await?;
            let rounds = state.service.rounds().await?;
            let opening = OpeningForm { deadline: typed.deadline, reference_date: typed.reference_date, problems };
            let filter = DeskFilter::default();
            let now = state.service.clock().now();
            let mut response = crate::http::desk::round::show(&page, board, &rounds, filter, opening, now).await;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
        Err(other) => Err(other.into()),
    }
}

async fn advance(
    state: &AppState,
    account: &AccountRecord,
    year: FiscalYear,
    to: RoundState,
    typed: &Typed,
) -> Result<(), Error> {
    let service = &state.service;
    match to {
        RoundState::Draft => Err(Error::Refused("準備中には戻せません。".to_owned())),
        RoundState::Open => service.open_round(account, year, dates(typed)?).await,
        RoundState::Closed => service.close_round(account, year).await,
        RoundState::Finalized => service.finalize_round(account, year).await,
        RoundState::Published => service.publish_round(account, year, &typed.reason).await,
    }
}

fn dates(typed: &Typed) -> Result<RoundDates, Error> {
    let deadline = Timestamp::parse_jst(typed.deadline.trim());
    let reference_date = Timestamp::parse_jst(typed.reference_date.trim());
    if let (Some(deadline), Some(reference_date)) = (deadline, reference_date) {
        return Ok(RoundDates { reference_date, deadline });
    }
    let problem = |field: &str, read: Option<Timestamp>| {
        let message = "日時は 2026-11-30T17:00 の形で入力してください。".to_owned();
        read.is_none().then(|| FieldProblem { field: field.to_owned(), message })
    };
    let problems = [problem("reference_date", reference_date), problem("deadline", deadline)];
    Err(Error::Invalid(problems.into_iter().flatten().collect()))
}
