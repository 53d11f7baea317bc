//! `GET /api/v1/rounds/{year}/reminders/mails`

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use shared::municipality::{Municipality, MunicipalityCode};
use shared::wire::{MailOfReminder, Problem};

use crate::http::api::paging::{PageParameters, Paging};
use crate::http::api::parameters::Year;
use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::store::{Mail, Reminder};

/// What was written to municipalities and how far it has come: the latest reminder first, its messages by municipality; for
/// officers.
#[utoipa::path(
    get,
    path = "/api/v1/rounds/{year}/reminders/mails",
    tag = "rounds",
    params(Year, PageParameters),
    responses(
        (status = OK, body = Vec<MailOfReminder>),
        (status = UNAUTHORIZED, body = Problem, content_type = "application/problem+json"),
        (status = FORBIDDEN, body = Problem, content_type = "application/problem+json"),
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
    let outbox = state.service.outbox(&account, year).await?;
    let register = state.service.register_of(year).await?;
    let mails: Vec<(&Reminder, &Mail)> = outbox
        .reminders
        .iter()
        .flat_map(|reminder| {
            let mails = outbox.mails.iter().filter(|mail| mail.reminder == reminder.id);
            mails.map(move |mail| (reminder, mail))
        })
        .collect();
    let page = paging.of_total(mails.len());
    let mails: Vec<MailOfReminder> =
        page.part(mails.into_iter().map(|(reminder, mail)| summary(reminder, mail, &register)));
    Ok((page, Json(mails)))
}

fn summary(reminder: &Reminder, mail: &Mail, register: &BTreeMap<MunicipalityCode, Municipality>) -> MailOfReminder {
    MailOfReminder {
        id: mail.id.0,
        reminder: reminder.id,
        subject: reminder.subject.clone(),
        author: reminder.by.name.clone(),
        written_at: reminder.at.rfc3339(),
        code: mail.message.code.to_string(),
        name: register.get(&mail.message.code).map(|municipality| municipality.name.clone()).unwrap_or_default(),
        recipient: mail.message.recipient.clone(),
        address: mail.message.address.to_string(),
        state: mail.state.code().to_owned(),
        changed_at: mail.changed_at.rfc3339(),
        next_at: mail.tried_again_at().map(shared::time::Timestamp::rfc3339),
        reason: mail.reason.clone(),
    }
}
