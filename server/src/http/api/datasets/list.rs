//! `GET /api/v1/datasets`

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use shared::time::Timestamp;
use shared::wire::{DatasetOfPeriod, FileOfDataset};

use crate::export::format::Format;
use crate::http::api::paging::{PageParameters, Paging};
use crate::http::auth::Account;
use crate::http::data::listing::{self, Offered};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// What can be had, by dataset and from the latest year to the earliest: what is published, for members of the council what
/// they may see besides, and for the prefecture's staff everything.
#[utoipa::path(
    get,
    path = "/api/v1/datasets",
    tag = "data",
    params(PageParameters),
    responses((status = OK, body = Vec<DatasetOfPeriod>))
)]
pub async fn list(
    State(state): State<AppState>,
    account: Option<Account>,
    paging: Paging,
) -> Result<impl IntoResponse, Refusal> {
    let mut offered = listing::published(&state).await?;
    if let Some(Account(account)) = account {
        offered.extend(listing::further(&state, &account).await?);
    }
    let page = paging.of_total(offered.len());
    let entries: Vec<DatasetOfPeriod> = page.part(offered.iter().map(entry));
    Ok((page, Json(entries)))
}

fn entry(offered: &Offered) -> DatasetOfPeriod {
    let (id, period) = (offered.about.id, offered.scope.years.code());
    let query = offered.query();
    let file = |format: Format| FileOfDataset {
        format: format.extension().to_owned(),
        href: offered.href(format.extension()),
        manifest: offered.manifest(format.extension()),
    };
    DatasetOfPeriod {
        rows: format!("/api/v1/datasets/{id}/{period}{query}"),
        id: id.to_owned(),
        period,
        title: offered.about.title.to_owned(),
        description: offered.about.description.to_owned(),
        covers: offered.period(),
        audience: offered.scope.reader.code().to_owned(),
        updated: offered.updated.map(Timestamp::rfc3339),
        files: Format::ALL.map(file).into(),
    }
}
