//! One row of the KPI ledger.
pub mod get;
pub mod post;

use app::pages::desk_kpi::{DeskKpi, DeskKpiPage, FieldChange, KpiChange};
use app::shell::NavSection;
use axum::response::Response;
use leptos::prelude::*;
use shared::kpi::Kpi;
use shared::wire::FieldProblem;

use crate::http::page::{Page, Shown};
use crate::store::KpiRecord;

async fn show(page: &Page, kpi: Kpi, history: &[KpiRecord], problems: Vec<FieldProblem>) -> Response {
    let model = DeskKpi {
        kpi,
        revision: history.last().map_or(0, |record| record.revision),
        problems,
        history: changes(history),
    };
    page.show(Shown::new("KPIの編集", NavSection::Desk), move || view! { <DeskKpiPage model=model.clone() /> }).await
}

/// What changed from revision to revision, latest first.
fn changes(history: &[KpiRecord]) -> Vec<KpiChange> {
    let change = |place: usize, record: &KpiRecord| {
        let before = place.checked_sub(1).and_then(|i| history.get(i));
        let changed = before.into_iter().flat_map(|before| {
            let pairs = before.kpi.editable().into_iter().zip(record.kpi.editable());
            pairs.filter(|(from, to)| from.1 != to.1).map(|(from, to)| FieldChange {
                field: from.0.to_owned(),
                from: from.1.to_owned(),
                to: to.1.to_owned(),
            })
        });
        KpiChange { at: record.at, author: record.by.name.clone(), fields: changed.collect() }
    };
    history.iter().enumerate().map(|(place, record)| change(place, record)).rev().collect()
}
