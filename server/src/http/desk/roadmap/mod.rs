//! The roadmap: all of it, one item, its reviews, a file.
//!
//! - `overtaken`: forms filled in while somebody else saved
pub mod get;
pub mod import;
pub mod list;
mod overtaken;
pub mod post;
pub mod reviews;

use app::components::edits::{Edit, FieldChange};
use app::pages::desk_roadmap_item::{DeskRoadmapItem, DeskRoadmapItemPage, ReviewLine, field_words};
use app::shell::NavSection;
use axum::response::Response;
use leptos::prelude::*;
use shared::kpi::Period;
use shared::roadmap::{Status, TypedItem, TypedReview, typed::REVIEWED};
use shared::wire::FieldProblem;

use super::overtaken::{add, status};
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;
use crate::service::roadmap::RoadmapHistory;
use crate::store::{RoadmapRecord, RoadmapReviewRecord};

/// What stands in the forms where it is not what is stored.
#[derive(Default)]
struct Typed {
    /// With the revision that it was filled in on.
    item: Option<(TypedItem, u32)>,
    reviews: Vec<TypedReview>,
    problems: Vec<FieldProblem>,
}

async fn show(state: &AppState, page: &Page, history: &RoadmapHistory, typed: Typed) -> Result<Response, Refusal> {
    let record = history.last()?;
    let model = DeskRoadmapItem {
        typed: typed.item.map_or_else(|| TypedItem::of(&record.item), |(item, _)| item),
        item: record.item.clone(),
        revision: record.revision,
        kpis: kpis(state).await?,
        reviews: lines(state, &history.reviews, &typed.reviews),
        problems: typed.problems,
        edits: edits(history),
    };
    let shown = Shown::new("工程表の編集", NavSection::Desk);
    Ok(page.show(shown, move || view! { <DeskRoadmapItemPage model=model.clone() /> }).await)
}

/// The rows of the KPI ledger: id and name.
async fn kpis(state: &AppState) -> Result<Vec<(String, String)>, Refusal> {
    let ledger = state.service.ledger().await?.into_iter();
    Ok(ledger.map(|row| (row.record.kpi.id, row.record.kpi.label)).collect())
}

/// The page again, with what was typed and why it was not saved. What somebody else saved meanwhile is not undone by
/// saving it once more.
async fn refused(
    state: &AppState,
    page: &Page,
    error: Error,
    history: &RoadmapHistory,
    mut typed: Typed,
) -> Result<Response, Refusal> {
    let (status, problems) = status(error)?;
    typed.problems = problems;
    let mut beside = Vec::new();
    let mut overtaken = overtaken::reviews(&history.reviews, &mut typed.reviews, &mut beside);
    if let Some((item, revision)) = &mut typed.item
        && let Some(shown) = overtaken::item(&history.items, &kpis(state).await?, (&*item, *revision), &mut beside)
    {
        *item = shown;
        overtaken = true;
    }
    add(&mut typed.problems, status, overtaken, beside);
    let mut response = show(state, page, history, typed).await?;
    *response.status_mut() = status;
    Ok(response)
}

/// The half-years of the plan so far and those that were reviewed, latest first.
fn lines(state: &AppState, stored: &[RoadmapReviewRecord], typed: &[TypedReview]) -> Vec<ReviewLine> {
    let mut periods: Vec<Period> = REVIEWED.open(state.service.clock().now().day());
    periods.extend(stored.iter().map(|record| record.period));
    periods.sort_unstable();
    periods.dedup();
    let line = |period: Period| {
        let last = stored.iter().rfind(|record| record.period == period);
        let typed = typed.iter().find(|typed| typed.period == period.code()).cloned();
        ReviewLine {
            label: period.to_string(),
            typed: TypedReview {
                revision: last.map_or(0, |record| record.revision),
                ..typed.unwrap_or_else(|| TypedReview {
                    period: period.code(),
                    status: last.and_then(|record| record.status).map(Status::code).unwrap_or_default().to_owned(),
                    note: last.map(|record| record.note.clone()).unwrap_or_default(),
                    revision: 0,
                })
            },
        }
    };
    periods.into_iter().rev().map(line).collect()
}

/// What changed from revision to revision, latest first.
fn edits(history: &RoadmapHistory) -> Vec<Edit> {
    let item = |place: usize, record: &RoadmapRecord| {
        let before = place.checked_sub(1).and_then(|i| history.items.get(i));
        let changed = before.into_iter().flat_map(|before| {
            let pairs = before.item.editable().into_iter().zip(record.item.editable());
            pairs.filter(|(from, to)| from.1 != to.1).map(|(from, to)| FieldChange {
                field: field_words(from.0).to_owned(),
                from: from.1,
                to: to.1,
            })
        });
        Edit { at: record.at, author: record.by.name.clone(), fields: changed.collect() }
    };
    let review = |place: usize, record: &RoadmapReviewRecord| {
        let before = history.reviews[..place].iter().rfind(|before| before.period == record.period);
        let status = |record: &RoadmapReviewRecord| record.status.map_or("", Status::label).to_owned();
        let of = |what: &str, from: String, to: String| {
            (from != to).then(|| FieldChange { field: format!("{}の{what}", record.period), from, to })
        };
        let note = before.map(|before| before.note.clone()).unwrap_or_default();
        let fields = [
            of("状況", before.map(status).unwrap_or_default(), status(record)),
            of("評価・見直し", note, record.note.clone()),
        ];
        Edit { at: record.at, author: record.by.name.clone(), fields: fields.into_iter().flatten().collect() }
    };
    let items = history.items.iter().enumerate().map(|(place, record)| item(place, record));
    let reviews = history.reviews.iter().enumerate().map(|(place, record)| review(place, record));
    let mut edits: Vec<Edit> = items.chain(reviews).collect();
    edits.sort_by_key(|edit| edit.at);
    edits.reverse();
    edits
}
