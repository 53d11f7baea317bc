//! `GET /desk/{year}/reminders`

use app::pages::desk_outbox::{DeskOutbox, DeskOutboxPage, MailItem, ReminderItem};
use app::shell::NavSection;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use leptos::prelude::*;

use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// After so many seconds the page asks again by itself, with or without scripts.
const REFRESH: u16 = 5;

/// What was written, and how far it has come.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path(year): Path<String>,
) -> Result<Response, Refusal> {
    let year = parse_year(&year)?;
    let outbox = state.service.outbox(&account, year).await?;
    let register = state.service.register_of(year).await?;
    let is_under_way = outbox.mails.iter().any(|mail| mail.state.is_under_way());
    let item = |mail: &crate::store::Mail| MailItem {
        id: mail.id.0,
        municipality: register.get(&mail.message.code).map_or_else(String::new, |m| m.name.clone()),
        recipient: mail.message.recipient.clone(),
        address: mail.message.address.to_string(),
        state: mail.state,
        changed_at: mail.changed_at,
        next_at: mail.tried_again_at(),
        reason: mail.reason.clone(),
    };
    let reminders = outbox.reminders.into_iter().map(|reminder| ReminderItem {
        mails: outbox.mails.iter().filter(|mail| mail.reminder == reminder.id).map(item).collect(),
        subject: reminder.subject,
        author: reminder.by.name,
        at: reminder.at,
    });
    let reminders = reminders.collect();
    // Without a mail server nothing would change.
    let renewed = (state.site.sends_mail && is_under_way).then_some(REFRESH);
    let model = DeskOutbox { year, reminders, configured: state.site.sends_mail, renewed };
    let shown = Shown::new("催促のメール", NavSection::Desk);
    let mut response = page.show(shown, move || view! { <DeskOutboxPage model=model.clone() /> }).await;
    if let Some(seconds) = renewed {
        response.headers_mut().insert(header::REFRESH, HeaderValue::from(seconds));
    }
    Ok(response)
}
