//! The plan's KPI ledger: what is unknown says so.

use leptos::prelude::*;

use super::DefinitionEntry;
use crate::components::bridge_sentence::BridgeSentence;
use crate::components::exhibit::ExhibitTable;
use crate::components::format;
use crate::exhibit::Exhibit;
use crate::ledger::{LedgerCategory, UNKNOWN, exhibits};

/// One table a category, and how the computed rows come about.
#[component]
#[expect(clippy::needless_pass_by_value, reason = "a component owns what it shows")]
pub fn Ledger(ledger: Vec<LedgerCategory>, definitions: Vec<DefinitionEntry>, may_edit: bool) -> impl IntoView {
    let rows = ledger.iter().flat_map(|category| &category.rows).filter(|row| row.kpi.is_computed());
    let computed = rows.map(|row| {
        let entries: Vec<_> =
            definitions.iter().filter(|entry| entry.definition.id == row.kpi.computed).cloned().collect();
        view! { <Computed label=row.kpi.label.clone() entries /> }
    });
    let computed = computed.collect_view();
    let tables = exhibits(&ledger, false).into_iter().map(|exhibit| view! { <LedgerTable exhibit /> }).collect_view();
    view! {
        <section class="section" aria-labelledby="ledger">
            <h2 id="ledger">"計画のKPI"</h2>
            <p>{UNKNOWN} "「前回からの変化」は、直近の値と前の値との差です。次の値が出る時期を過ぎても新しい値がないときは「更新なし」とします。"</p>
            {tables}
            {computed}
            <ul class="link-list">
                <li><a href="/indicators/ledger">"1枚に印刷する"</a></li>
                <li><a href="/data">"データをダウンロードする（KPI台帳、KPIの値）"</a></li>
                {may_edit.then(|| view! { <li><a href="/desk/kpi">"台帳を編集する"</a></li> })}
            </ul>
        </section>
    }
    .into_any()
}

/// A category's table and its remarks.
#[component]
pub fn LedgerTable(exhibit: Exhibit) -> impl IntoView {
    let Exhibit { id, table, notes, .. } = exhibit;
    let notes = (!notes.is_empty()).then(|| {
        let notes = notes.into_iter().map(|note| view! { <li>{note}</li> }).collect_view();
        view! { <ul class="source ledger-notes">{notes}</ul> }
    });
    view! {
        <div class="ledger">
            <ExhibitTable id table />
            {notes}
        </div>
    }
    .into_any()
}

/// Definition, bounds, versions and bridge of a row that the survey gives.
#[component]
fn Computed(label: String, entries: Vec<DefinitionEntry>) -> impl IntoView {
    let versions = entries.iter().map(|entry| {
        let definition = &entry.definition;
        view! {
            <li>
                <a href=format::definition_href(definition)>{definition.version_label()}</a>
                {format!("：{}", definition.description)}
            </li>
        }
    });
    let versions = versions.collect_view();
    let results = entries.iter().flat_map(|entry| entry.results.iter().map(move |result| (entry, result)));
    let last = results.max_by_key(|(_, result)| result.year).map(|(entry, result)| {
        let range = match result.shown.counted() {
            Some(outcome) => format!("{}（とりうる範囲 {}）", format::counted(outcome), format::bounds(outcome)),
            None => "秘匿".to_owned(),
        };
        let bridge = result.bridge.clone().map(|bridge| view! { <dt>"接続"</dt> <dd><BridgeSentence bridge /></dd> });
        view! {
            <dt>"直近の値"</dt>
            <dd>
                <a href=result.computation.clone()>{format!("{}：{range}", result.year)}</a>
                {format!("、定義は{}", entry.definition.version_label())}
            </dd>
            {bridge}
        }
    });
    view! {
        <details>
            <summary>{format!("「{label}」の定義、とりうる範囲、版、接続")}</summary>
            <dl class="facts">
                {last}
                <dt>"定義の版"</dt>
                <dd><ul>{versions}</ul></dd>
            </dl>
        </details>
    }
    .into_any()
}
