//! `POST /desk/kpi/import`: what a file would change; `POST /desk/kpi/import/save`: changing just that.

use app::components::file_import::{Preview, PreviewedChange};
use app::pages::desk_kpi::field_words;
use app::pages::desk_ledger::LedgerPreviewPage;
use app::shell::NavSection;
use axum::Form;
use axum::extract::{Multipart, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use shared::kpi::{Kpi, NewValue};

use super::list;
use crate::access::Role;
use crate::http::auth::Account;
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::http::text_file::{TextFile, faults};
use crate::service::Error;
use crate::service::ledger::LedgerRow;
use crate::service::ledger::upload::LedgerUpload;
use crate::store::AccountRecord;

/// Shows what the file would change, or its faults. Nothing is saved.
pub async fn post(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    form_data: Multipart,
) -> Result<Response, Refusal> {
    match TextFile::uploaded(form_data).await? {
        Ok(file) => Ok(match read(&state, &account, &file).await? {
            Ok(upload) => show(&page, file, &upload, false).await,
            Err(refused) => refuse(&state, &page, refused).await?,
        }),
        Err(reason) => {
            // Only an officer is told anything of the ledger's page.
            if !account.is(Role::Officer) {
                return Err(Error::Forbidden.into());
            }
            refuse(&state, &page, vec![reason]).await
        }
    }
}

/// Saves what was shown; where something else was saved meanwhile, shows the changes anew.
pub async fn save(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Form(file): Form<TextFile>,
) -> Result<Response, Refusal> {
    let upload = match read(&state, &account, &file).await? {
        Ok(upload) => upload,
        Err(refused) => return refuse(&state, &page, refused).await,
    };
    let count = changes(&upload).len();
    match state.service.save_ledger_file(&account, upload, &file.fingerprint).await {
        Ok(()) => Ok(Redirect::to(&format!("/desk/kpi?saved={count}")).into_response()),
        Err(Error::Changed) => {
            let mut response = match read(&state, &account, &file).await? {
                Ok(upload) => show(&page, file, &upload, true).await,
                Err(refused) => refuse(&state, &page, refused).await?,
            };
            *response.status_mut() = StatusCode::CONFLICT;
            Ok(response)
        }
        Err(other) => Err(other.into()),
    }
}

async fn read(
    state: &AppState,
    account: &AccountRecord,
    file: &TextFile,
) -> Result<Result<LedgerUpload, Vec<String>>, Refusal> {
    let read = state.service.read_ledger_file(account, &file.file, &file.text).await?;
    Ok(read.map_err(|error| faults(&error)))
}

async fn refuse(state: &AppState, page: &Page, refused: Vec<String>) -> Result<Response, Refusal> {
    let mut response = list::show(state, page, None, refused).await?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

async fn show(page: &Page, file: TextFile, upload: &LedgerUpload, overtaken: bool) -> Response {
    let model = Preview {
        file: file.file,
        encoding: file.encoding,
        text: file.text,
        fingerprint: upload.fingerprint(),
        unchanged: upload.unchanged,
        changes: changes(upload),
        overtaken,
    };
    let shown = Shown::new("ファイルの内容の確認", NavSection::Desk);
    page.show(shown, move || view! { <LedgerPreviewPage model=model.clone() /> }).await
}

fn changes(upload: &LedgerUpload) -> Vec<PreviewedChange> {
    let row_of = |id: &str| upload.ledger.iter().find(|row| row.record.kpi.id == id);
    let rows = upload.kpis.iter().filter_map(|(kpi, _)| Some(of_row(&row_of(&kpi.id)?.record.kpi, kpi)));
    let values = upload.values.iter().filter_map(|value| Some(of_value(row_of(&value.kpi)?, value)));
    rows.flatten().chain(values.flatten()).collect()
}

fn of_row(before: &Kpi, after: &Kpi) -> Vec<PreviewedChange> {
    let pairs = before.editable().into_iter().zip(after.editable()).filter(|(from, to)| from.1 != to.1);
    let change = |((field, from), (_, to)): ((&str, String), (&str, String))| PreviewedChange {
        label: before.label.clone(),
        field: field_words(field).to_owned(),
        from,
        to,
    };
    pairs.map(change).collect()
}

fn of_value(row: &LedgerRow, value: &NewValue) -> Vec<PreviewedChange> {
    let stored = row.values.iter().find(|stored| stored.period == value.period);
    let change = |what: &str, from: String, to: String| {
        (from != to).then(|| PreviewedChange {
            label: row.record.kpi.label.clone(),
            field: format!("{}の{what}", value.period),
            from,
            to,
        })
    };
    let digits = value.value.map(|number| number.to_string()).unwrap_or_default();
    let both = [
        change("値", stored.and_then(|stored| stored.figure.digits()).unwrap_or_default(), digits),
        change("備考", stored.map(|stored| stored.note.clone()).unwrap_or_default(), value.note.clone()),
    ];
    both.into_iter().flatten().collect()
}
