//! `GET /indicators`

use app::pages::indicators::{ComputedKpi, DefinitionEntry, Indicators, IndicatorsPage, KpiCategory, KpiRow};
use app::shell::NavSection;
use axum::extract::State;
use axum::response::Response;
use leptos::prelude::*;
use shared::indicator::Definition;
use shared::publication::Publication;

use crate::http::figures;
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::store::KpiRecord;

/// Definitions with their results by year, and the ledger.
pub async fn get(State(state): State<AppState>, page: Page) -> Result<Response, Refusal> {
    let service = &state.service;
    let publications = service.publications().await?;
    let definitions = service.definitions().await?;
    let reference = figures::reference(&service.reference_counts().await?, &definitions);
    let model = Indicators {
        definitions: definitions.into_iter().map(|d| entry(d, &publications)).collect(),
        years: publications.iter().map(|p| p.year).collect(),
        reference,
        ledger: ledger(service.kpis().await?, &publications),
        may_edit: page.is_officer(),
    };
    let shown = Shown::new("指標", NavSection::Indicators);
    Ok(page.show(shown, move || view! { <IndicatorsPage model=model.clone() /> }).await)
}

fn entry(definition: Definition, publications: &[Publication]) -> DefinitionEntry {
    let results = publications.iter().filter_map(|p| {
        let published = p.snapshot.indicator(&definition.id)?;
        (published.definition.version == definition.version).then_some((p.year, published.outcome))
    });
    DefinitionEntry { results: results.collect(), definition }
}

fn ledger(records: Vec<KpiRecord>, publications: &[Publication]) -> Vec<KpiCategory> {
    let mut categories: Vec<KpiCategory> = Vec::new();
    for record in records {
        let kpi = record.kpi;
        let last = publications.last();
        let computed = last.and_then(|p| {
            let published = p.snapshot.indicator(&kpi.computed)?;
            Some(ComputedKpi { year: p.year, share: published.outcome.share() })
        });
        let row = KpiRow { computed, kpi };
        match categories.iter_mut().find(|c| c.name == row.kpi.category) {
            Some(category) => category.rows.push(row),
            None => categories.push(KpiCategory { name: row.kpi.category.clone(), rows: vec![row] }),
        }
    }
    categories
}
