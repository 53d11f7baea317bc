//! The KPI ledger: all of it, one row, the values of a row, a file.
//!
//! - `overtaken`: forms filled in while somebody else saved
pub mod get;
pub mod import;
pub mod list;
mod overtaken;
pub mod post;
pub mod values;

use app::components::edits::{Edit, FieldChange};
use app::pages::desk_kpi::{DeskKpi, DeskKpiPage, ValueLine, field_words};
use app::shell::NavSection;
use axum::response::Response;
use chrono::NaiveDate;
use leptos::prelude::*;
use shared::kpi::{Kpi, Period, Schedule, TypedKpi, TypedValue};
use shared::wire::FieldProblem;

use super::overtaken::{add, status};
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::service::Error;
use crate::service::ledger::KpiHistory;
use crate::store::{KpiRecord, KpiValueRecord};

/// What stands in the forms where it is not what is stored.
#[derive(Default)]
struct Typed {
    /// With the revision that it was filled in on.
    row: Option<(TypedKpi, u32)>,
    values: Vec<TypedValue>,
    problems: Vec<FieldProblem>,
}

async fn show(page: &Page, history: &KpiHistory, today: NaiveDate, typed: Typed) -> Result<Response, Refusal> {
    let record = history.last()?;
    let model = DeskKpi {
        typed: typed.row.map_or_else(|| TypedKpi::of(&record.kpi), |(row, _)| row),
        kpi: record.kpi.clone(),
        revision: record.revision,
        values: lines(&record.kpi, &history.values, &typed.values, today),
        problems: typed.problems,
        edits: edits(history),
    };
    let shown = Shown::new("KPIの編集", NavSection::Desk);
    Ok(page.show(shown, move || view! { <DeskKpiPage model=model.clone() /> }).await)
}

/// The page again, with what was typed and why it was not saved. What somebody else saved meanwhile is not undone by
/// saving it once more.
async fn refused(
    page: &Page,
    error: Error,
    history: &KpiHistory,
    today: NaiveDate,
    mut typed: Typed,
) -> Result<Response, Refusal> {
    let (status, problems) = status(error)?;
    typed.problems = problems;
    let mut beside = Vec::new();
    let mut overtaken = overtaken::values(&history.values, &mut typed.values, &mut beside);
    if let Some((row, revision)) = &mut typed.row
        && let Some(shown) = overtaken::row(&history.rows, row, *revision, &mut beside)
    {
        *row = shown;
        overtaken = true;
    }
    add(&mut typed.problems, status, overtaken, beside);
    let mut response = show(page, history, today, typed).await?;
    *response.status_mut() = status;
    Ok(response)
}

/// The periods to enter values for, and those that have one already or were filled in.
fn lines(kpi: &Kpi, stored: &[KpiValueRecord], typed: &[TypedValue], today: NaiveDate) -> Vec<ValueLine> {
    let schedule = kpi.schedule();
    let mut periods: Vec<Period> = schedule.map(|schedule| schedule.open(today)).unwrap_or_default();
    periods.extend(stored.iter().map(|record| record.period));
    let filled = typed.iter().filter(|typed| !typed.value.is_empty() || !typed.note.is_empty());
    periods.extend(filled.filter_map(|typed| Period::of_code(&typed.period)));
    periods.sort_unstable();
    periods.dedup();
    let line = |period: Period| {
        let last = stored.iter().rfind(|record| record.period == period);
        let typed = typed.iter().find(|typed| typed.period == period.code()).cloned();
        ValueLine {
            label: words(schedule, period),
            typed: TypedValue {
                revision: last.map_or(0, |record| record.revision),
                ..typed.unwrap_or_else(|| TypedValue {
                    period: period.code(),
                    value: last.map(value_words).unwrap_or_default(),
                    note: last.map(|record| record.note.clone()).unwrap_or_default(),
                    revision: 0,
                })
            },
        }
    };
    periods.into_iter().map(line).collect()
}

/// The period; whether the row has it no longer.
fn words(schedule: Option<Schedule>, period: Period) -> String {
    match schedule.filter(|schedule| schedule.admit(period).is_ok()) {
        Some(schedule) => schedule.words(period),
        None => format!("{period}（いまの頻度にはない時期）"),
    }
}

fn value_words(record: &KpiValueRecord) -> String {
    record.value.map(|value| value.to_string()).unwrap_or_default()
}

/// What changed from revision to revision, latest first.
fn edits(history: &KpiHistory) -> Vec<Edit> {
    let row = |place: usize, record: &KpiRecord| {
        let before = place.checked_sub(1).and_then(|i| history.rows.get(i));
        let changed = before.into_iter().flat_map(|before| {
            let pairs = before.kpi.editable().into_iter().zip(record.kpi.editable());
            pairs.filter(|(from, to)| from.1 != to.1).map(|(from, to)| FieldChange {
                field: field_words(from.0).to_owned(),
                from: from.1,
                to: to.1,
            })
        });
        Edit { at: record.at, author: record.by.name.clone(), fields: changed.collect() }
    };
    let value = |place: usize, record: &KpiValueRecord| {
        let before = history.values[..place].iter().rfind(|before| before.period == record.period);
        let of = |what: &str, from: String, to: String| {
            (from != to).then(|| FieldChange { field: format!("{}の{what}", record.period), from, to })
        };
        let fields = [
            of("値", before.map(value_words).unwrap_or_default(), value_words(record)),
            of("備考", before.map(|before| before.note.clone()).unwrap_or_default(), record.note.clone()),
        ];
        Edit { at: record.at, author: record.by.name.clone(), fields: fields.into_iter().flatten().collect() }
    };
    let rows = history.rows.iter().enumerate().map(|(place, record)| row(place, record));
    let values = history.values.iter().enumerate().map(|(place, record)| value(place, record));
    let mut edits: Vec<Edit> = rows.chain(values).collect();
    edits.sort_by_key(|edit| edit.at);
    edits.reverse();
    edits
}
