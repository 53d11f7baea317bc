//! `GET` and `POST /desk/{year}/reminders/{id}/bounce`

use app::pages::desk_bounce::{DeskBounce, DeskBouncePage};
use app::shell::NavSection;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use serde::Deserialize;
use shared::reminder::MailAct;

use super::{mail_id, outbox_href};
use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;
use crate::store::AccountRecord;

/// The form as typed.
#[derive(Default, Deserialize)]
pub struct Typed {
    #[serde(default)]
    reason: String,
}

/// The message, and the form.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path((year, id)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let model = model(&state, &account, (&year, &id)).await?;
    Ok(show(&page, model).await)
}

/// Notes that the message came back.
pub async fn post(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path((year, id)): Path<(String, String)>,
    Form(typed): Form<Typed>,
) -> Result<Response, Refusal> {
    let (of, mail) = (parse_year(&year)?, mail_id(&id)?);
    match state.service.step_mail(&account, of, mail, MailAct::NoteBounce, &typed.reason).await {
        Ok(()) => Ok(Redirect::to(&outbox_href(of)).into_response()),
        Err(Error::Invalid(problems)) => {
            let model = model(&state, &account, (&year, &id)).await?;
            let mut response = show(&page, DeskBounce { reason: typed.reason, problems, ..model }).await;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
        Err(other) => Err(other.into()),
    }
}

async fn model(state: &AppState, account: &AccountRecord, (year, id): (&str, &str)) -> Result<DeskBounce, Refusal> {
    let (year, id) = (parse_year(year)?, mail_id(id)?);
    let outbox = state.service.outbox(account, year).await?;
    let mail = outbox.mails.into_iter().find(|mail| mail.id == id).ok_or(Error::NotFound)?;
    if !MailAct::NoteBounce.fits(mail.state) {
        return Err(Error::Changed.into());
    }
    let register = state.service.register_of(year).await?;
    Ok(DeskBounce {
        year,
        id: id.0,
        municipality: register.get(&mail.message.code).map_or_else(String::new, |m| m.name.clone()),
        address: mail.message.address.to_string(),
        subject: mail.message.subject,
        reason: String::new(),
        problems: Vec::new(),
    })
}

async fn show(page: &Page, model: DeskBounce) -> Response {
    let shown = Shown::new("不達として記録する", NavSection::Desk);
    page.show(shown, move || view! { <DeskBouncePage model=model.clone() /> }).await
}
