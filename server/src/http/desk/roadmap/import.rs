//! `POST /desk/roadmap/import`: what a file would change; `POST /desk/roadmap/import/save`: changing just that.

use app::components::file_import::{Preview, PreviewedChange};
use app::pages::desk_roadmap::RoadmapPreviewPage;
use app::pages::desk_roadmap_item::field_words;
use app::shell::NavSection;
use axum::Form;
use axum::extract::{Multipart, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use shared::roadmap::{Item, NewReview, Status};

use super::list;
use crate::access::Role;
use crate::http::auth::Account;
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::http::text_file::{TextFile, faults};
use crate::service::Error;
use crate::service::roadmap::RoadmapRow;
use crate::service::roadmap::upload::RoadmapUpload;
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
            // Only an officer is told anything of the roadmap's page.
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
    match state.service.save_roadmap_file(&account, upload, &file.fingerprint).await {
        Ok(()) => Ok(Redirect::to(&format!("/desk/roadmap?saved={count}")).into_response()),
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
) -> Result<Result<RoadmapUpload, Vec<String>>, Refusal> {
    let read = state.service.read_roadmap_file(account, &file.file, &file.text).await?;
    Ok(read.map_err(|error| faults(&error)))
}

async fn refuse(state: &AppState, page: &Page, refused: Vec<String>) -> Result<Response, Refusal> {
    let mut response = list::show(state, page, None, refused).await?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

async fn show(page: &Page, file: TextFile, upload: &RoadmapUpload, overtaken: bool) -> Response {
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
    page.show(shown, move || view! { <RoadmapPreviewPage model=model.clone() /> }).await
}

fn changes(upload: &RoadmapUpload) -> Vec<PreviewedChange> {
    let row_of = |id: &str| upload.roadmap.iter().find(|row| row.record.item.id == id);
    let items = upload.items.iter().filter_map(|(item, _)| Some(of_item(&row_of(&item.id)?.record.item, item)));
    let reviews = upload.reviews.iter().filter_map(|review| Some(of_review(row_of(&review.item)?, review)));
    items.flatten().chain(reviews.flatten()).collect()
}

fn of_item(before: &Item, after: &Item) -> Vec<PreviewedChange> {
    let pairs = before.editable().into_iter().zip(after.editable()).filter(|(from, to)| from.1 != to.1);
    let change = |((field, from), (_, to)): ((&str, String), (&str, String))| PreviewedChange {
        label: before.measure.clone(),
        field: field_words(field).to_owned(),
        from,
        to,
    };
    pairs.map(change).collect()
}

fn of_review(row: &RoadmapRow, review: &NewReview) -> Vec<PreviewedChange> {
    let stored = row.reviews.iter().find(|stored| stored.period == review.period);
    let change = |what: &str, from: String, to: String| {
        (from != to).then(|| PreviewedChange {
            label: row.record.item.measure.clone(),
            field: format!("{}の{what}", review.period),
            from,
            to,
        })
    };
    let words = |status: Option<Status>| status.map_or("", Status::label).to_owned();
    let both = [
        change("状況", stored.map(|stored| words(stored.status)).unwrap_or_default(), words(review.status)),
        change("評価・見直し", stored.map(|stored| stored.note.clone()).unwrap_or_default(), review.note.clone()),
    ];
    both.into_iter().flatten().collect()
}
