//! 工程表: the plan's measures.
pub mod get;

use std::collections::BTreeMap;

use app::results::encoded;
use app::roadmap::RoadmapRow;
use shared::publication::Publication;
use shared::visibility::Visibility;

use super::refusal::Refusal;
use super::state::AppState;

/// The items that `reader` may see, as pages and files show them.
pub async fn rows(state: &AppState, reader: Visibility) -> Result<Vec<RoadmapRow>, Refusal> {
    let service = &state.service;
    let publications = service.publications().await?;
    let labels: BTreeMap<String, String> =
        service.ledger().await?.into_iter().map(|row| (row.record.kpi.id, row.record.kpi.label)).collect();
    let row = |row: crate::service::roadmap::RoadmapRow| {
        let review = row.last().map(|review| (review.period, review.status, review.note.clone()));
        let item = row.record.item;
        RoadmapRow {
            kpis: item.kpis.iter().map(|id| labels.get(id).unwrap_or(id).clone()).collect(),
            results: results_href(&item.survey_area, &item.area, publications.last()),
            item,
            review,
        }
    };
    Ok(service.roadmap(reader).await?.into_iter().map(row).collect())
}

/// The survey's questions on that area, if the last published year asked any.
fn results_href(survey_area: &str, area: &str, last: Option<&Publication>) -> Option<String> {
    let last = last?;
    let begins = format!("{survey_area}.");
    let asked = last.snapshot.questions.iter().any(|question| question.concept.starts_with(&begins));
    (asked && !survey_area.is_empty()).then(|| format!("/results/{}?q={}", last.year.year(), encoded(area)))
}
