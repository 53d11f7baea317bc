//! `GET /data`

use std::sync::Arc;
use std::time::Duration;

use app::pages::data::{Data, DataPage, Dataset, Period};
use app::shell::NavSection;
use axum::extract::State;
use axum::response::Response;
use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;

use super::catalog;
use super::listing::{self, Extent, Offered};
use crate::export::dataset::Audience;
use crate::export::format::{Encoding, Form, Format};
use crate::http::download::Facts;
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// How long the page waits for sizes that are not known yet; what is not known then is left out.
const PATIENCE: Duration = Duration::from_millis(300);

/// Everything the viewer may download.
pub async fn get(State(state): State<AppState>, page: Page) -> Result<Response, Refusal> {
    let published = Arc::new(listing::published(&state).await?);
    let facts = facts(&state, published.clone()).await?;
    let further = match &page.account {
        Some(account) => listing::further(&state, account).await?,
        None => Vec::new(),
    };
    let questionnaires = listing::questionnaires(&state, page.clearance()).await?;
    let questionnaire = |year: &FiscalYear| (year.to_string(), format!("/data/{}/questionnaire.xlsx", year.year()));
    let model = Data {
        structured: catalog::schema::datasets(&published, &catalog::Publisher::of(&state).await?),
        published: datasets(published.iter().zip(facts)),
        further: datasets(further.iter().map(|offered| (offered, None))),
        clearance: page.clearance(),
        exports: exports(published.iter().chain(&further)),
        export_forms: Format::ALL.map(|format| (format.extension(), format.label())).into(),
        export_encodings: Encoding::ALL.map(|encoding| (encoding.code(), encoding.label())).into(),
        forms: Format::ALL.map(|format| (format.label(), format.explanation())).into(),
        signed_in: page.account.is_some(),
        questionnaires: questionnaires.iter().map(questionnaire).collect(),
    };
    let shown = Shown::new("データ", NavSection::Data);
    Ok(page.show(shown, move || view! { <DataPage model=model.clone() /> }).await)
}

/// What can be made ahead: the form's value, and its name.
fn exports<'o>(offered: impl Iterator<Item = &'o Offered>) -> Vec<(String, String)> {
    let export = |offered: &Offered| {
        let extent = Extent::of(offered.scope);
        let value = format!("{}/{}/{}", offered.scope.years.code(), offered.about.id, extent.code());
        let questions = match (offered.about.audience, extent) {
            (_, Extent::Public) => "",
            (_, Extent::Council) => "、協議会まで",
            (Audience::Officers, Extent::All) => "、県担当のみ",
            (Audience::ByVisibility, Extent::All) if offered.about.by_reader => "、県まで",
            (Audience::ByVisibility | Audience::Members, Extent::All) => "、全設問",
        };
        (value, format!("{}（{}{questions}）", offered.about.title, offered.period()))
    };
    offered.map(export).collect()
}

/// Groups the periods by dataset.
fn datasets<'o>(offered: impl Iterator<Item = (&'o Offered, Option<Facts>)>) -> Vec<Dataset> {
    let mut datasets: Vec<Dataset> = Vec::new();
    for (offered, facts) in offered {
        let about = offered.about;
        if datasets.last().is_none_or(|last| last.id != about.id) {
            datasets.push(Dataset {
                id: about.id.to_owned(),
                title: about.title.to_owned(),
                description: about.description.to_owned(),
                periods: Vec::new(),
            });
        }
        let file = |format: Format| (format.label(), offered.href(format.extension()));
        let period = Period {
            name: offered.period(),
            page: offered.page(),
            audience: offered.scope.reader,
            rows: facts.as_ref().map(|facts| facts.rows),
            bytes: facts.map(|facts| facts.bytes),
            updated: offered.updated,
            files: Format::ALL.map(file).into(),
            manifest: offered.manifest(Format::Csv.extension()),
        };
        if let Some(dataset) = datasets.last_mut() {
            dataset.periods.push(period);
        }
    }
    datasets
}

/// Rows and sizes of the CSV files. They are worked out by one task that goes on when the page does not wait for it.
async fn facts(state: &AppState, offered: Arc<Vec<Offered>>) -> Result<Vec<Option<Facts>>, Refusal> {
    let (task, wanted) = (state.clone(), offered.clone());
    let measuring = tokio::spawn(async move {
        // One at a time: whoever comes meanwhile sees what is known.
        let Ok(_one) = task.downloads.measuring.try_lock() else { return };
        for offered in wanted.iter() {
            if let Err(error) = measure(&task, offered).await {
                tracing::warn!(%error, dataset = offered.about.id, "a file could not be measured");
            }
        }
    });
    // Whether it ended in time or not: what is known by then is shown.
    let _ = tokio::time::timeout(PATIENCE, measuring).await;
    let mut known = Vec::new();
    let form = Form::from(Format::Csv);
    for offered in offered.iter() {
        let export = state.service.export(offered.dataset, offered.scope).await?;
        known.push(state.downloads.found(&export, form));
    }
    Ok(known)
}

async fn measure(state: &AppState, offered: &Offered) -> anyhow::Result<()> {
    let export = state.service.export(offered.dataset, offered.scope).await?;
    let downloads = state.downloads.clone();
    let form = Form::from(Format::Csv);
    tokio::task::spawn_blocking(move || {
        if downloads.known(&export, form).is_none() && downloads.may_keep(&export, form) {
            let rows = export.table.row_count()?;
            downloads.measure(&export, form, rows)?;
        }
        anyhow::Ok(())
    })
    .await?
}
