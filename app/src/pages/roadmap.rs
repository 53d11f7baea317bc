//! `/roadmap`: the plan's measures, and how far each has come.

use leptos::prelude::*;

use crate::components::exhibit::ExhibitSection;
use crate::roadmap::{RoadmapRow, exhibits};

/// What `/roadmap` shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Roadmap {
    /// The items that the viewer may see, in the plan's order.
    pub rows: Vec<RoadmapRow>,
    /// The viewer may edit them: leads to `/desk/roadmap`.
    pub may_edit: bool,
}

/// The plan's measures, field by field.
#[component]
pub fn RoadmapPage(
    /// What it shows.
    model: Roadmap,
) -> impl IntoView {
    let Roadmap { rows, may_edit } = model;
    let exhibits = exhibits(&rows, false);
    let contents = exhibits.iter().map(|exhibit| {
        view! { <li><a href=format!("#{}", exhibit.id)>{exhibit.finding.concat()}</a></li> }
    });
    let contents = contents.collect_view();
    let sections = exhibits.into_iter().map(|exhibit| view! { <div class="roadmap"><ExhibitSection exhibit /></div> });
    let sections = sections.collect_view();
    view! {
        <h1>"プランの工程表"</h1>
        <p class="page-lead">
            "青森県DX推進プランの取組方針ごとに、工程、半年ごとの状況、関連するKPIを示します。記入のないところは「－」としています。"
        </p>
        <ul class="link-list">
            <li><a href="/indicators#ledger">"計画のKPI"</a></li>
            <li><a href="/data">"データをダウンロードする（工程表、工程表の状況）"</a></li>
            {may_edit.then(|| view! { <li><a href="/desk/roadmap">"工程表を編集する"</a></li> })}
        </ul>
        <nav class="page-contents" aria-label="このページの内容"><ul>{contents}</ul></nav>
        {sections}
    }
    .into_any()
}
