//! 督促: writing to municipalities, and the outbox.
//!
//! - [`new`], [`post`]: writing, with a preview
//! - [`get`]: what was written, and how far it has come
//! - [`sending`], [`bounce`], [`withdrawal`]: a message is sent once more, came back, is not sent after all
pub mod bounce;
pub mod get;
pub mod new;
pub mod post;
pub mod sending;
pub mod withdrawal;

use std::collections::BTreeSet;

use app::pages::desk_reminder::{DeskReminder, DeskReminderPage, Previewed};
use app::shell::NavSection;
use axum::response::Response;
use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::municipality::{Municipality, MunicipalityCode};
use shared::reminder::{Message, Template};
use shared::wire::FieldProblem;

use crate::http::page::{Page, Shown};
use crate::http::state::AppState;
use crate::service::Error;
use crate::service::reminding::{Reach, Sender};
use crate::store::MailId;

/// A reminder that is being written.
pub struct Draft {
    /// The round.
    pub year: FiscalYear,
    /// Drawn for its form.
    pub request: String,
    /// The municipalities chosen.
    pub codes: BTreeSet<MunicipalityCode>,
    /// The letter.
    pub template: Template,
}

/// What the installation says of itself.
fn sender(state: &AppState) -> Sender {
    Sender { address: state.site.address.clone(), contact: state.site.contact.clone().unwrap_or_default() }
}

/// Address of the outbox.
fn outbox_href(year: FiscalYear) -> String {
    format!("/desk/{}/reminders", year.year())
}

/// A message by its number in an address.
fn mail_id(text: &str) -> Result<MailId, Error> {
    text.parse().map(MailId).map_err(|_| Error::NotFound)
}

/// Shows the form, with the messages where they were asked for.
async fn show(
    state: &AppState,
    page: &Page,
    draft: Draft,
    reach: &Reach,
    preview: Vec<Message>,
    problems: Vec<FieldProblem>,
) -> Response {
    let names = |municipalities: &[Municipality]| municipalities.iter().map(|m| m.name.clone()).collect();
    let previewed = reach.recipients.iter().zip(preview).map(|(recipient, message)| Previewed {
        municipality: recipient.facts.municipality.clone(),
        recipient: recipient.facts.recipient.clone(),
        message,
    });
    let model = DeskReminder {
        year: draft.year,
        request: draft.request,
        codes: draft.codes.into_iter().collect(),
        unreachable: names(&reach.unreachable),
        handed_in: names(&reach.handed_in),
        shut_out: names(&reach.shut_out),
        ahead: reach.ahead.iter().map(|(m, until)| format!("{}（{}まで）", m.name, until.date_time())).collect(),
        template: draft.template,
        preview: previewed.collect(),
        recipients: reach.recipients.len(),
        configured: state.site.sends_mail,
        problems,
    };
    page.show(Shown::new("催促", NavSection::Desk), move || view! { <DeskReminderPage model=model.clone() /> }).await
}
