//! `POST /desk/{year}/dates`

use app::pages::desk::DatesForm;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use shared::round::RoundState;
use shared::time::Timestamp;
use shared::wire::FieldProblem;

use crate::http::auth::Account;
use crate::http::desk::round::{self, Around, dates_form};
use crate::http::forms::{parse_year, unreadable_date};
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;
use crate::store::{DatesChange, PlannedDates, RoundDates, RoundRecord};

/// The form as sent.
struct Sent(Vec<(String, String)>);

impl Sent {
    fn one(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.trim())
    }

    /// What a date was when the form was shown.
    fn from(&self, name: &str) -> Option<Timestamp> {
        self.one(&format!("from_{name}")).parse().ok().map(Timestamp)
    }

    /// What it shall be; `None` for nothing. What was not touched stays to the millisecond.
    fn to(&self, name: &str) -> Result<Option<Timestamp>, FieldProblem> {
        let typed = self.one(name);
        let from = self.from(name);
        if from.is_some_and(|from| from.input_value() == typed) {
            return Ok(from);
        }
        if typed.is_empty() {
            return Ok(None);
        }
        Timestamp::parse_jst(typed).map(Some).ok_or_else(|| unreadable_date(name))
    }

    /// The same of a date that cannot be missing.
    fn set(&self, name: &str) -> Result<Timestamp, FieldProblem> {
        self.to(name)?.ok_or_else(|| unreadable_date(name))
    }
}

/// Plans the round, or corrects its dates.
pub async fn post(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path(year): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let (year, sent) = (parse_year(&year)?, Sent(sent));
    // Who may see the board may change it.
    let board = state.service.board(&account, year).await?;
    let done = match change(&sent, &board.round) {
        Ok(change) => state.service.change_dates(&account, year, change, sent.one("reason")).await,
        Err(error) => Err(error),
    };
    let problems = match done {
        Ok(()) => return Ok(Redirect::to(&format!("/desk/{}", year.year())).into_response()),
        Err(Error::Invalid(problems)) => problems,
        Err(other) => return Err(other.into()),
    };
    let dates = dates_form(&board.round).map(|form| typed(form, &sent, problems));
    let (rounds, around) = (state.service.rounds().await?, Around { dates, ..Around::default() });
    let mut response = round::show(&page, board, &rounds, around, state.service.clock().now()).await;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

/// What is to be changed. A form of another state than the round's is too late.
fn change(sent: &Sent, round: &RoundRecord) -> Result<DatesChange, Error> {
    let names = ["opening", "reference_date", "deadline"];
    if round.state == RoundState::Draft {
        let [opening, reference_date, deadline] = names.map(|name| sent.to(name));
        let from = names.map(|name| sent.from(name));
        let from = PlannedDates { opening: from[0], reference_date: from[1], deadline: from[2] };
        return match (opening, reference_date, deadline) {
            (Ok(opening), Ok(reference_date), Ok(deadline)) => {
                Ok(DatesChange::Planned { from, to: PlannedDates { opening, reference_date, deadline } })
            }
            (a, b, c) => Err(Error::Invalid([a.err(), b.err(), c.err()].into_iter().flatten().collect())),
        };
    }
    let (Some(dates), Some(reference_date)) = (round.dates, sent.from("reference_date")) else {
        return Err(Error::Changed);
    };
    // After the closing the form has no deadline.
    let asks_deadline = round.state == RoundState::Open;
    let before = if asks_deadline { sent.from("deadline").ok_or(Error::Changed)? } else { dates.deadline };
    let from = RoundDates { reference_date, deadline: before };
    let deadline = if asks_deadline { sent.set("deadline") } else { Ok(dates.deadline) };
    match (sent.set("reference_date"), deadline) {
        (Ok(reference_date), Ok(deadline)) => {
            Ok(DatesChange::Set { from, to: RoundDates { reference_date, deadline } })
        }
        (a, b) => Err(Error::Invalid([a.err(), b.err()].into_iter().flatten().collect())),
    }
}

/// The form with what was typed. What each date was stays as it was shown: who was faster is told by the next attempt.
fn typed(form: DatesForm, sent: &Sent, problems: Vec<FieldProblem>) -> DatesForm {
    let DatesForm { mut fields, reason, .. } = form;
    for field in &mut fields {
        field.typed = sent.one(field.name).to_owned();
        field.from = sent.from(field.name);
    }
    DatesForm { fields, reason: reason.map(|_| sent.one("reason").to_owned()), problems }
}
