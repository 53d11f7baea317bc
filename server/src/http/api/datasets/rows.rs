//! `GET /api/v1/datasets/{dataset}/{period}`

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::response::IntoResponse;
use serde::Deserialize;
use shared::wire::{DatasetRows, Problem};
use utoipa::IntoParams;
use utoipa::openapi::path::{Parameter, ParameterIn};

use crate::export::dataset::{self, Years};
use crate::http::api::paging::{PageParameters, Paging};
use crate::http::api::parameters::{one_of, part, text};
use crate::http::api::tables;
use crate::http::auth::Account;
use crate::http::data::listing;
use crate::http::limits::Caller;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;

/// Which dataset.
struct DatasetInPath;

impl IntoParams for DatasetInPath {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let names = one_of(dataset::ALL.map(|dataset| dataset.about().id));
        vec![
            part("dataset", "データの名前", names, "tabulations"),
            part("period", "年度（西暦）又は `all`", text("^(20[0-9]{2}|2100|all)$"), "2025"),
        ]
    }
}

/// For whom.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// `council`：協議会まで公開している設問を含む（協議会会員と県）、`all`：すべての設問と、公表前の調査（県の中だけ）
    #[param(pattern = "^(public|council|all)$", nullable = false)]
    scope: Option<String>,
}

/// A dataset's rows, page by page, always in the same order. Whole datasets are faster as files.
#[utoipa::path(
    get,
    path = "/api/v1/datasets/{dataset}/{period}",
    tag = "data",
    params(DatasetInPath, Asked, PageParameters),
    responses(
        (status = OK, body = DatasetRows),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn rows(
    State(state): State<AppState>,
    caller: Caller,
    account: Option<Account>,
    Path((dataset, period)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    paging: Paging,
) -> Result<impl IntoResponse, Refusal> {
    let dataset = dataset::find(&dataset).ok_or(Error::NotFound)?;
    let years = Years::of_code(&period).ok_or(Error::NotFound)?;
    let account = account.as_ref().map(|account| &account.0);
    let scope = listing::scope(account, dataset, years, asked.scope.as_deref())?;
    let export = state.service.export(dataset, scope).await?;
    let opened = state.downloads.open(caller).await?;
    let export = opened.watch(export);
    // In a place of those who pass over rows: it reads every row before the page.
    let read = opened.read(move || {
        let total = export.table.row_count()?;
        let page = paging.of_total(usize::try_from(total).unwrap_or(usize::MAX));
        let table = tables::rows(export.table.as_ref(), page.range.clone())?;
        std::io::Result::Ok((page, table, export.provenance))
    });
    let internal = |error: &dyn std::fmt::Display| Error::Internal(error.to_string());
    let (page, table, provenance) = read.await.flatten().map_err(|error| internal(&error))?;
    let rows = DatasetRows {
        dataset: provenance.dataset.to_owned(),
        covers: provenance.period(),
        title: provenance.title,
        audience: provenance.audience.code().to_owned(),
        demonstration: provenance.demonstration,
        snapshots: provenance.rounds.into_iter().filter_map(|round| round.sha256).collect(),
        notes: provenance.notes,
        table,
    };
    Ok((page, Json(rows)))
}
