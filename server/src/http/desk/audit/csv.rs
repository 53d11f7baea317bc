//! `GET /desk/audit.csv`: all entries that match, read page by page while the client takes them.

use std::io;
use std::sync::Arc;

use app::shell::DEMONSTRATION;
use axum::body::{Body, Bytes};
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

use super::Asked;
use crate::access::Role;
use crate::export::text::escaped;
use crate::http::auth::Account;
use crate::http::desk::accounts::typed::Names;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::{Error, Service};
use crate::store::{AccountRecord, AuditEntry, AuditFilter};

/// Entries read at a time.
const PIECE: u32 = 1000;

const COLUMNS: [&str; 12] =
    ["id", "at", "author", "act", "chain", "sequence", "object", "value_from", "value_to", "account", "sha256", "note"];

/// The file.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    if !account.is(Role::Officer) {
        return Err(Error::Forbidden.into());
    }
    let filter = asked.filter(&Names::of(&state).await?, PIECE);
    let (sender, receiver) = mpsc::channel(2);
    let (demo, note) = if state.site.demonstration { ("-demo", DEMONSTRATION) } else { ("", "") };
    tokio::spawn(write(state.service.clone(), account, filter, note, sender));
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"shirabe-audit{demo}.csv\"")),
    ];
    Ok((headers, Body::from_stream(ReceiverStream::new(receiver))).into_response())
}

/// Sends page after page. Where the client has gone, the channel is closed and the work ends.
async fn write(
    service: Arc<Service>,
    account: AccountRecord,
    mut filter: AuditFilter,
    note: &'static str,
    sender: mpsc::Sender<io::Result<Bytes>>,
) {
    let mut heading = true;
    loop {
        let entries = match service.audit(&account, &filter).await {
            Ok(entries) => entries,
            Err(error) => {
                tracing::error!(%error, "the audit log was not written to its end");
                // The connection breaks off, so that nobody takes the half for the whole.
                let _ = sender.send(Err(io::Error::other("audit"))).await;
                return;
            }
        };
        let sent = match lines(&entries, heading, note) {
            Ok(bytes) => sender.send(Ok(bytes.into())).await,
            Err(error) => sender.send(Err(error)).await,
        };
        let full = u32::try_from(entries.len()).is_ok_and(|count| count == PIECE);
        match entries.last() {
            Some(last) if full && sent.is_ok() => filter.before = Some(last.id),
            Some(_) | None => return,
        }
        heading = false;
    }
}

fn lines(entries: &[AuditEntry], heading: bool, note: &str) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if heading {
        bytes.extend_from_slice("\u{feff}".as_bytes());
    }
    let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut bytes);
    if heading {
        csv.write_record(COLUMNS)?;
    }
    for entry in entries {
        let text = |text: &str| escaped(text).into_owned();
        let value = |value: &Option<String>| value.as_deref().map(text).unwrap_or_default();
        csv.write_record([
            entry.id.to_string(),
            entry.at.rfc3339(),
            text(&entry.by.name),
            entry.act.clone(),
            entry.chain.clone(),
            entry.sequence.to_string(),
            text(&entry.object),
            value(&entry.from),
            value(&entry.to),
            entry.by.account.map(|id| id.0.to_string()).unwrap_or_default(),
            entry.hash.clone(),
            note.to_owned(),
        ])?;
    }
    csv.flush()?;
    drop(csv);
    Ok(bytes)
}
