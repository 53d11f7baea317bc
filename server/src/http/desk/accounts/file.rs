//! `POST /desk/accounts/file`: many accounts at once.

use axum::extract::{Multipart, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::typed::Names;
use super::{Around, show};
use crate::access::Role;
use crate::http::auth::Account;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::http::upload::{self, Sent};
use crate::import::accounts::read;
use crate::import::file::TableFile;
use crate::service::Error;
use crate::store::AccountRecord;

/// Largest file, in bytes; the limit of every request is the same.
const LARGEST: usize = 1024 * 1024;

/// Adds everybody in the file, or nobody and says why.
pub async fn post(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    form_data: Multipart,
) -> Result<Response, Refusal> {
    if !account.is(Role::Officer) {
        return Err(Error::Forbidden.into());
    }
    let faults = match upload::read(form_data, LARGEST).await?.file {
        Sent::Whole { name, bytes } if !bytes.is_empty() => match add(&state, &account, &name, &bytes).await? {
            Ok(()) => return Ok(Redirect::to("/desk/accounts?standing=uninvited").into_response()),
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

async fn add(
    state: &AppState,
    account: &AccountRecord,
    name: &str,
    bytes: &[u8],
) -> Result<Result<(), Vec<String>>, Refusal> {
    let names = Names::of(state).await?;
    let lines = |error: &dyn std::fmt::Display| Ok(Err(error.to_string().lines().map(str::to_owned).collect()));
    let reading = match TableFile::of_bytes(name, bytes, None).and_then(|file| read(&file, &names.register)) {
        Ok(reading) => reading,
        Err(error) => return lines(&error),
    };
    match state.service.new_accounts(name, &reading).await? {
        Ok(new) => {
            state.service.add_people(account, &new).await?;
            Ok(Ok(()))
        }
        Err(faults) => lines(&faults),
    }
}
