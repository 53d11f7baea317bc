//! `GET /desk/site.zip`

use std::io::{self, Seek, SeekFrom};

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use tokio::sync::mpsc::{Sender, channel};
use tokio_stream::StreamExt;
use tokio_stream::wrappers::ReceiverStream;

use super::Failed;
use super::sink::Zip;
use crate::access::Role;
use crate::http::auth::Account;
use crate::http::download::Opened;
use crate::http::limits::Caller;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;

/// The public pages as a zip, made in a temporary file that is gone with the answer. Where it cannot be made, the answer
/// breaks off, so that nobody takes a part of it for the whole.
pub async fn get(State(state): State<AppState>, Account(officer): Account) -> Result<Response, Refusal> {
    if !officer.is(Role::Officer) {
        return Err(Error::Forbidden.into());
    }
    let opened = state.downloads.open(Caller::Account(officer.id)).await?;
    let (sender, receiver) = channel(4);
    tokio::spawn(async move {
        if let Err(error) = make(state, opened, &sender).await {
            tracing::error!(%error, "the public pages could not be made into files");
            // A client that is gone needs to know nothing.
            let _ = sender.send(Err(io::Error::other(error))).await;
        }
    });
    let headers = [
        (header::CONTENT_TYPE, "application/zip"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"shirabe-site.zip\""),
    ];
    Ok((headers, Body::from_stream(ReceiverStream::new(receiver))).into_response())
}

async fn make(state: AppState, opened: Opened, sender: &Sender<io::Result<Bytes>>) -> Result<(), Failed> {
    let mut zip = Zip::new(tempfile::tempfile()?, "shirabe");
    super::write(state, &mut zip).await?;
    let mut file = zip.into_inner()?;
    file.seek(SeekFrom::Start(0))?;
    let mut chunks = opened.of_file(file).into_data_stream();
    while let Some(chunk) = chunks.next().await {
        if sender.send(chunk.map_err(io::Error::other)).await.is_err() {
            break;
        }
    }
    Ok(())
}
