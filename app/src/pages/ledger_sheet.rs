//! `/indicators/ledger`: the KPI ledger on one sheet of A4.

use leptos::prelude::*;

use super::indicators::LedgerTable;
use crate::ledger::{LedgerCategory, UNKNOWN, exhibits};

/// What the sheet shows.
#[derive(Debug, Clone, PartialEq)]
pub struct LedgerSheet {
    /// As of when, e.g. 「2026年11月27日（金）現在」.
    pub as_of: String,
    /// The ledger in the plan's order.
    pub ledger: Vec<LedgerCategory>,
}

/// The ledger for printing.
#[component]
pub fn LedgerSheetPage(
    /// What it shows.
    model: LedgerSheet,
) -> impl IntoView {
    let LedgerSheet { as_of, ledger } = model;
    let tables = exhibits(&ledger, false).into_iter().map(|exhibit| view! { <LedgerTable exhibit /> }).collect_view();
    view! {
        <p class="screen-only">
            <a href="/indicators#ledger">"指標のページに戻る"</a> "　印刷するとA4（横）1枚になります。"
        </p>
        <article class="paper ledger-sheet">
            <p class="page-context">{as_of}</p>
            <h1>"青森県DX推進プラン KPI台帳"</h1>
            {tables}
            <p class="source">{UNKNOWN}</p>
        </article>
    }
    .into_any()
}
