//! `GET /`

use app::figures::Reference;
use app::pages::home::{Home, HomePage, Published};
use app::shell::NavSection;
use axum::extract::State;
use axum::response::Response;
use leptos::prelude::*;
use shared::indicator::Role;
use shared::publication::Publication;
use shared::visibility::Visibility;

use crate::http::figures;
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// The last published round. Everybody sees the same: what is public.
pub async fn get(State(state): State<AppState>, page: Page) -> Result<Response, Refusal> {
    let service = &state.service;
    let publications = service.publications().await?;
    let reference = figures::reference(&service.reference_counts().await?, &service.definitions().await?);
    let ledger = service.kpis().await?;
    let target_of = |id: &str| {
        let row = ledger.iter().find(|row| row.kpi.computed == id)?;
        figures::target(&row.kpi.target_2028)
    };
    let model = match published(&publications, reference.clone(), target_of) {
        Some(published) => Home::Published(Box::new(published)),
        None => Home::Nothing { under_way: service.current_round().await?.map(|r| r.year), reference },
    };
    let shown = Shown::new("結果", NavSection::Results);
    Ok(page.show(shown, move || view! { <HomePage model=model.clone() /> }).await)
}

fn published(
    publications: &[Publication],
    reference: Option<Reference>,
    target_of: impl Fn(&str) -> Option<shared::share::Share>,
) -> Option<Published> {
    let (last, before) = publications.split_last()?;
    let earlier = before.last();
    let snapshot = &last.snapshot;
    let official = snapshot.official()?;
    let definition = &official.definition;
    let others = snapshot.indicators.iter().filter(|i| i.definition.role == Role::Reference);
    Some(Published {
        year: last.year,
        reference_date: snapshot.reference_date,
        revision: last.revision,
        published_at: last.published_at,
        sha256: last.sha256.clone(),
        demonstration: snapshot.demonstration,
        official: figures::figure(last, earlier, official, Visibility::Public),
        fields: figures::field_figures(last, earlier),
        others: others.filter_map(|i| figures::reference_row(last, earlier, i, Visibility::Public)).collect(),
        trend: figures::trend(publications, definition, reference, target_of(&definition.id))?,
        places: figures::places(snapshot, definition, Visibility::Public),
    })
}
