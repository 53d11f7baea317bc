//! `POST /desk/{year}/reminders`

use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use shared::fiscal_year::FiscalYear;
use shared::municipality::MunicipalityCode;
use shared::reminder::Template;

use super::{Draft, outbox_href, sender, show};
use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;
use crate::service::reminding::fill;

/// Shows every message (200), or puts them into the outbox and goes on there.
pub async fn post(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path(year): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let year = parse_year(&year)?;
    let (draft, send) = read(year, pairs);
    let reach = state.service.reach(&account, year, &draft.codes, &sender(&state)).await?;
    if send && !state.site.sends_mail {
        let message = "メールサーバーが設定されていないため、送れません。サーバーの管理者に連絡してください。";
        return Err(Error::Refused(message.to_owned()).into());
    }
    let done = if send {
        let template = draft.template.clone();
        state.service.remind(&account, year, &draft.request, template, reach.clone()).await.map(|()| Vec::new())
    } else {
        fill(&draft.template, &reach)
    };
    match done {
        Ok(_) if send => Ok(Redirect::to(&outbox_href(year)).into_response()),
        Ok(messages) => Ok(show(&state, &page, draft, &reach, messages, Vec::new()).await),
        Err(Error::Invalid(problems)) => {
            let mut response = show(&state, &page, draft, &reach, Vec::new(), problems).await;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
        Err(other) => Err(other.into()),
    }
}

/// The form as typed, and whether it is to be sent.
fn read(year: FiscalYear, pairs: Vec<(String, String)>) -> (Draft, bool) {
    let template = Template { subject: String::new(), body: String::new() };
    let mut draft = Draft { year, request: String::new(), codes: [].into(), template };
    let mut send = false;
    for (name, value) in pairs {
        match name.as_str() {
            "request" => draft.request = value,
            "subject" => draft.template.subject = value.trim().to_owned(),
            "body" => draft.template.body = value.replace("\r\n", "\n"),
            "act" => send = value == "send",
            "municipality" => draft.codes.extend(value.parse::<MunicipalityCode>()),
            _ => {}
        }
    }
    (draft, send)
}
