//! Results with counts, bounds and change: what the pictures show, in figures.

use leptos::prelude::*;
use shared::indicator::Outcome;
use shared::publication::GroupOutcome;

use super::format;
use super::phrases::Phrases;
use super::table_frame::TableFrame;
use crate::figures::{FieldFigure, Figure, Movement};

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub struct ResultRow {
    /// What was counted.
    pub label: String,
    /// Version of its definition, e.g. 「第1版」.
    pub version: Option<String>,
    /// Address of how it was computed.
    pub href: Option<String>,
    /// 公式
    pub official: bool,
    /// Its counts; `None` prints 秘匿.
    pub outcome: Option<Outcome>,
    /// Against an earlier year.
    pub movement: Option<Movement>,
}

impl From<&Figure> for ResultRow {
    fn from(figure: &Figure) -> Self {
        let definition = &figure.definition;
        Self {
            label: definition.title.clone(),
            version: Some(definition.version_label()),
            href: Some(figure.computation.clone()),
            official: definition.official,
            outcome: Some(figure.outcome),
            movement: figure.movement,
        }
    }
}

impl From<&FieldFigure> for ResultRow {
    fn from(figure: &FieldFigure) -> Self {
        Self {
            label: figure.field.label().to_owned(),
            version: None,
            href: Some(figure.computation.clone()),
            official: false,
            outcome: figure.outcome,
            movement: figure.movement,
        }
    }
}

impl From<GroupOutcome> for ResultRow {
    fn from(group: GroupOutcome) -> Self {
        Self { label: group.label, version: None, href: None, official: false, outcome: group.outcome, movement: None }
    }
}

/// A table of results. Each row's name leads to how it was computed.
#[component]
pub fn ResultTable(
    /// Says what, which year and out of how many.
    #[prop(into)]
    caption: String,
    /// Heading of the first column.
    first_column: &'static str,
    /// The rows, in order.
    rows: Vec<ResultRow>,
) -> impl IntoView {
    let label = caption.clone();
    view! {
        <TableFrame label>
            <table class="table">
                <caption>{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">{first_column}</th>
                        <th scope="col" class="number">"取り組んでいる"</th>
                        <th scope="col" class="number">"取り組んでいない"</th>
                        <th scope="col" class="number">"未確定"</th>
                        <th scope="col" class="number">"割合"</th>
                        <th scope="col" class="number">"とりうる範囲"</th>
                        <th scope="col" class="number">"前回との差"</th>
                        <th scope="col" class="number">"差のとりうる範囲"</th>
                    </tr>
                </thead>
                <tbody>{rows.into_iter().map(|row| view! { <Row row /> }).collect_view()}</tbody>
            </table>
        </TableFrame>
    }
}

#[component]
fn Row(row: ResultRow) -> impl IntoView {
    let version = row.version.map(|version| view! { <span class="keep">{format!("（{version}）")}</span> });
    let name = match row.href {
        Some(href) => view! { <a href=href>{row.label} {version}</a> }.into_any(),
        None => row.label.into_any(),
    };
    let cell = |words: &dyn Fn(Outcome) -> String| {
        view! { <td class="number">{row.outcome.map_or_else(|| "秘匿".to_owned(), words)}</td> }
    };
    view! {
        <tr>
            <th scope="row">{name} {row.official.then(|| view! { <OfficialMark /> })}</th>
            {cell(&|outcome| outcome.engaged.to_string())}
            {cell(&|outcome| outcome.not_engaged.to_string())}
            {cell(&|outcome| outcome.undetermined().to_string())}
            {cell(&|outcome| outcome.share().to_string())}
            {cell(&|outcome| format::bounds(outcome))}
            <ChangeCells movement=row.movement />
        </tr>
    }
}

/// The two cells of a change: what is confirmed of it, and what it may be.
#[component]
pub fn ChangeCells(
    /// Against an earlier year.
    movement: Option<Movement>,
) -> impl IntoView {
    let change = movement.map(|movement| movement.change);
    let confirmed = change.map_or_else(|| vec!["－".to_owned()], |change| format::difference_phrases(&change));
    let bounds = change.map_or_else(|| "－".to_owned(), |change| format::difference_bounds(&change));
    view! {
        <td class="number"><Phrases phrases=confirmed /></td>
        <td class="number">{bounds}</td>
    }
}

/// 「公式」
#[component]
pub fn OfficialMark() -> impl IntoView {
    view! { <span class="mark-official">"公式"</span> }
}
