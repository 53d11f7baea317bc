//! Results with counts, bounds and change: what the pictures show, in figures.

use leptos::prelude::*;
use shared::indicator::{Change, Outcome};
use shared::municipality::Region;

use super::format;
use super::table_frame::TableFrame;
use crate::figures::{FieldFigure, Figure, Movement, RegionFigure};

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

impl From<&RegionFigure> for ResultRow {
    fn from(figure: &RegionFigure) -> Self {
        Self {
            label: figure.region.map_or("地域の区分なし", Region::label).to_owned(),
            version: None,
            href: None,
            official: false,
            outcome: figure.outcome,
            movement: None,
        }
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
    let change = |words: fn(&Change) -> String| row.movement.map_or_else(|| "－".to_owned(), |m| words(&m.change));
    view! {
        <tr>
            <th scope="row">{name} {row.official.then(|| view! { <OfficialMark /> })}</th>
            {cell(&|outcome| outcome.engaged.to_string())}
            {cell(&|outcome| outcome.not_engaged.to_string())}
            {cell(&|outcome| outcome.undetermined().to_string())}
            {cell(&|outcome| outcome.share().to_string())}
            {cell(&|outcome| format::bounds(outcome))}
            <td class="number">{change(format::difference)}</td>
            <td class="number">{change(format::difference_bounds)}</td>
        </tr>
    }
}

/// 「公式」
#[component]
pub fn OfficialMark() -> impl IntoView {
    view! { <span class="mark-official">"公式"</span> }
}
