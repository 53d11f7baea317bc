//! `GET /data/{period}/{dataset}`: the page of a dataset, which is its permanent address in catalogues.

use app::pages::dataset::{ColumnOfDataset, DatasetModel, DatasetPage};
use app::shell::NavSection;
use axum::response::Response;
use leptos::prelude::*;
use shared::visibility::Visibility;

use crate::export::dataset::Years;
use crate::export::format::{Encoding, Format};
use crate::export::table::Column;
use crate::http::data::catalog::{Publisher, schema};
use crate::http::data::listing::{self, Extent};
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;

/// What the dataset holds, column by column, and its files.
pub async fn get(
    state: &AppState,
    page: &Page,
    years: Years,
    id: &str,
    asked: Option<&str>,
) -> Result<Response, Refusal> {
    let mut offered = listing::published(state).await?;
    if let Some(account) = &page.account {
        offered.extend(listing::further(state, account).await?);
    }
    let extent = asked.unwrap_or(Extent::Public.code());
    let is_it = |one: &listing::Offered| {
        (one.about.id, one.scope.years) == (id, years) && Extent::of(one.scope).code() == extent
    };
    let one = offered.iter().find(|one| is_it(one)).ok_or(Error::NotFound)?;
    let export = state.service.export(one.dataset, one.scope).await?;
    let structured = match one.scope.reader {
        Visibility::Public => Some(schema::dataset_alone(one, &Publisher::of(state).await?)),
        Visibility::Council | Visibility::Prefecture => None,
    };
    let title = format!("{}（{}）", one.about.title, one.period());
    let model = DatasetModel {
        title: title.clone(),
        description: one.about.description.to_owned(),
        period: one.period(),
        audience: one.scope.reader,
        updated: one.updated,
        address: format!("{}{}", state.site.address, one.page()),
        files: Format::ALL.map(|format| (format.label(), one.href(format.extension()))).into(),
        encoded: [Encoding::Utf8, Encoding::Cp932].map(|other| (other.label(), one.encoded(other))).into(),
        manifest: one.manifest(Format::Csv.extension()),
        columns: export.table.columns().iter().map(column).collect(),
        notes: export.provenance.notes,
        structured,
    };
    Ok(page.show(Shown::new(title, NavSection::Data), move || view! { <DatasetPage model=model.clone() /> }).await)
}

fn column(column: &Column) -> ColumnOfDataset {
    ColumnOfDataset {
        name: column.name.clone(),
        label: column.label.clone(),
        unit: column.unit.clone().unwrap_or_default(),
        description: column.description.clone(),
    }
}
