//! `GET /indicators`

use app::components::format;
use app::pages::indicators::{DefinitionEntry, Indicators, IndicatorsPage, YearResult};
use app::shell::NavSection;
use axum::extract::State;
use axum::response::Response;
use leptos::prelude::*;
use shared::indicator::Definition;
use shared::publication::Publication;
use shared::visibility::Visibility;

use super::ledger;
use super::located::Located;
use crate::http::figures;
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// Definitions with their results by year, and the ledger.
pub async fn get(State(state): State<AppState>, page: Page) -> Result<Response, Refusal> {
    let service = &state.service;
    let publications = service.publications().await?;
    let definitions = service.definitions().await?;
    let reference = figures::reference(&service.reference_counts().await?, &definitions);
    let model = Indicators {
        definitions: definitions.into_iter().map(|d| entry(d, &publications, page.clearance())).collect(),
        years: publications.iter().map(|p| p.year).collect(),
        reference,
        ledger: ledger::categories(&service.ledger().await?, &publications),
        may_edit: page.is_officer(),
    };
    let shown = Shown::new("指標", NavSection::Indicators);
    Ok(page.show(shown, move || view! { <IndicatorsPage model=model.clone() /> }).await)
}

fn entry(definition: Definition, publications: &[Publication], reader: Visibility) -> DefinitionEntry {
    let results = publications.iter().filter_map(|publication| {
        let located = Located::find(publications, publication.year, &definition.id, None)?;
        (located.definition.version == definition.version && located.replaced_by.is_none()).then(|| YearResult {
            year: publication.year,
            shown: located.shown(reader),
            companion: located.companion(reader).and_then(Result::ok),
            movement: located.movement(reader),
            bridge: located.bridge(reader),
            computation: format::computation_href(&definition, publication.year),
        })
    });
    DefinitionEntry { results: results.collect(), definition }
}
