//! 結果: the public page.

pub mod get;

use app::pages::home::Published;
use shared::fiscal_year::FiscalYear;
use shared::indicator::Role;
use shared::visibility::Visibility;

use super::figures;
use super::refusal::Refusal;
use super::state::AppState;

/// The last published round, as the public page and its pictures show it; `None` also where its official indicator is
/// not for everybody.
pub async fn published(state: &AppState) -> Result<Option<Published>, Refusal> {
    published_of(state, None).await
}

/// The round of that year as it stood when it was the last one published; the last one without a year.
pub async fn published_of(state: &AppState, year: Option<FiscalYear>) -> Result<Option<Published>, Refusal> {
    let service = &state.service;
    let publications = service.publications().await?;
    let until = publications.iter().take_while(|publication| year.is_none_or(|year| publication.year <= year)).count();
    let publications = &publications[..until];
    let Some((last, before)) = publications.split_last() else { return Ok(None) };
    if year.is_some_and(|year| last.year != year) {
        return Ok(None);
    }
    let Some(official) = last.snapshot.official() else { return Ok(None) };
    let definition = &official.definition;
    if last.snapshot.shown(definition, official.outcome, Visibility::Public).counted().is_none() {
        return Ok(None);
    }
    let reference = figures::reference(&service.reference_counts().await?, &service.definitions().await?);
    let ledger = service.ledger().await?;
    let target = ledger.iter().find(|row| row.record.kpi.computed == definition.id);
    let target = target.and_then(|row| figures::target(&row.record.kpi.target_2028));
    let earlier = before.last();
    let snapshot = &last.snapshot;
    let others = snapshot.indicators.iter().filter(|i| i.definition.role == Role::Reference);
    let Some(trend) = figures::trend(publications, definition, reference, target) else { return Ok(None) };
    Ok(Some(Published {
        year: last.year,
        reference_date: snapshot.reference_date,
        revision: last.revision,
        published_at: last.published_at,
        sha256: last.sha256.clone(),
        demonstration: snapshot.demonstration,
        official: figures::figure(last, earlier, official, Visibility::Public),
        fields: figures::field_figures(last, earlier),
        others: others.filter_map(|i| figures::reference_row(last, earlier, i, Visibility::Public)).collect(),
        trend,
        places: figures::places(snapshot, definition, Visibility::Public),
        boundaries: service.boundaries().await?,
    }))
}
