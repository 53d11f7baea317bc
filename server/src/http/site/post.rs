//! `POST /desk/site`

use std::io::{self, Write as _};

use axum::extract::State;
use axum::response::Response;

use super::Failed;
use super::sink::Zip;
use crate::access::Role;
use crate::http::auth::Account;
use crate::http::jobs::{
    self,
    request::{JobRequest, MadeFile},
    worker::{Made, Work},
};
use crate::http::limits::Caller;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;

/// Has the public pages made into a zip, and leads to the page of that job.
pub async fn post(State(state): State<AppState>, Account(officer): Account) -> Result<Response, Refusal> {
    if !officer.is(Role::Officer) {
        return Err(Error::Forbidden.into());
    }
    let title = "公開ページ一式（HTML、zip）".to_owned();
    jobs::add(&state, Some(officer.id), Caller::Account(officer.id), title, &JobRequest::Site).await
}

/// Makes the zip.
pub async fn make(work: &Work) -> Result<Made, Refusal> {
    if !work.account()?.is(Role::Officer) {
        return Err(Error::Forbidden.into());
    }
    let made = zip(work).await.map_err(|error| Error::Internal(error.to_string()))?;
    Ok(Made::File(made))
}

async fn zip(work: &Work) -> Result<MadeFile, Failed> {
    let mut zip = Zip::new(work.out()?, "shirabe");
    let watch = |done: usize, found: usize| {
        let number = |count: usize| u64::try_from(count).map_err(io::Error::other);
        work.progress.set(number(done)?, number(found)?)
    };
    let count = super::write(work.state.clone(), &mut zip, &watch).await?;
    let mut out = zip.into_inner()?;
    out.flush()?;
    let (bytes, sha256) = out.finish();
    Ok(MadeFile {
        name: "shirabe-site.zip".to_owned(),
        media_type: "application/zip".to_owned(),
        count: u64::try_from(count).unwrap_or(u64::MAX),
        bytes,
        sha256,
        manifest: None,
    })
}
