//! `POST /desk/accounts/file`: many accounts at once.

use axum::extract::{Multipart, State};
use axum::http::StatusCode;
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use shared::job::JobState;

use super::typed::Names;
use super::{Around, show};
use crate::access::Role;
use crate::http::auth::Account;
use crate::http::jobs::{
    self,
    request::{JobRequest, Outcome},
    worker::{Made, Work},
};
use crate::http::limits::Caller;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::http::text_file::faults;
use crate::http::upload::{self, Sent};
use crate::import::accounts::{Named, read};
use crate::import::encoding::Encoding;
use crate::import::file::TableFile;
use crate::service::Error;
use crate::store::JobEnd;

/// Largest file, in bytes; the limit of every request is the same.
const LARGEST: usize = 1024 * 1024;

/// Says what is wrong with a file, or has everybody in it added and leads to the page of that job.
pub async fn post(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    form_data: Multipart,
) -> Result<Response, Refusal> {
    if !account.is(Role::Officer) {
        return Err(Error::Forbidden.into());
    }
    let upload = upload::read(form_data, LARGEST).await?;
    let given = upload.fields.get("encoding").and_then(|code| Encoding::of_code(code));
    let faults = match upload.file {
        Sent::Whole { name, bytes } if !bytes.is_empty() => match new_accounts(&state, &name, &bytes, given).await? {
            Ok(_) => {
                let title = format!("ファイル「{name}」");
                let encoding = given.map(|encoding| encoding.code().to_owned());
                let request = JobRequest::Accounts { name, bytes: STANDARD.encode(bytes), encoding };
                return jobs::add(&state, Some(account.id), Caller::Account(account.id), title, &request).await;
            }
            Err(faults) => faults,
        },
        Sent::Nothing | Sent::Whole { .. } => {
            vec![
                "ファイルが選ばれていないか、空です。CSVファイルかExcelのブックを選んでから、もう一度押してください。"
                    .to_owned(),
            ]
        }
        Sent::TooLarge => vec!["ファイルが大きすぎます（1MBまで）。分けてから追加してください。".to_owned()],
    };
    let mut response = show(&state, &account, &page, Around { faults, ..Around::default() }).await?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

/// Adds everybody in the file, or nobody and says why: others may have added accounts since it was sent.
pub async fn make(work: &Work, name: &str, bytes: &[u8], encoding: Option<Encoding>) -> Result<Made, Refusal> {
    let (new, known) = match new_accounts(&work.state, name, bytes, encoding).await? {
        Ok(read) => read,
        Err(faults) => return Ok(Made::Refused(faults)),
    };
    let internal = |error: &dyn std::fmt::Display| Error::Internal(error.to_string());
    let added = u64::try_from(new.len()).map_err(|error| internal(&error))?;
    work.progress.set(0, added).map_err(|error| internal(&error))?;
    let end = JobEnd {
        id: work.id.clone(),
        state: JobState::Done,
        outcome: Outcome::Accounts { added, known }.written(),
        at: work.state.service.clock().now(),
    };
    // Whether it was added or stopped meanwhile: the job has ended.
    let _ = work.state.service.add_people(work.account()?, &new, &end, &work.progress.done).await?;
    Ok(Made::Ended)
}

/// The accounts of a file that are not there yet, and how many are; or what is wrong with it, a line each.
async fn new_accounts(
    state: &AppState,
    name: &str,
    bytes: &[u8],
    given: Option<Encoding>,
) -> Result<Result<(Vec<Named>, u64), Vec<String>>, Refusal> {
    let names = Names::of(state).await?;
    let reading = match TableFile::of_bytes(name, bytes, given).and_then(|file| read(&file, &names.register)) {
        Ok(reading) => reading,
        Err(error) => return Ok(Err(faults(&error))),
    };
    match state.service.new_accounts(name, &reading).await? {
        Ok(new) => {
            let known = u64::try_from(reading.accounts.len() - new.len()).unwrap_or_default();
            Ok(Ok((new.into_iter().cloned().collect(), known)))
        }
        Err(faults) => Ok(Err(faults.to_string().lines().map(str::to_owned).collect())),
    }
}
