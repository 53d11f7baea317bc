//! Where else the responses of a round are worked on.

use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;

/// Where else the responses of the round are worked on.
#[component]
pub fn Further(
    /// The round.
    year: FiscalYear,
    /// Requests for a later deadline that are not decided.
    extensions_awaited: usize,
) -> impl IntoView {
    let at = |page: &str| format!("/desk/{}/{page}", year.year());
    let awaited = (extensions_awaited > 0)
        .then(|| view! { <strong class="inquiries-awaited">{format!("（決めていない申出 {extensions_awaited}件）")}</strong> });
    view! {
        <section class="section">
            <h2>"回答の確認とやりとり"</h2>
            <ul class="link-list">
                <li><a href=at("check")>"回答の点検"</a> "（矛盾、前年からの変化、外れ値、未回答）"</li>
                <li><a href=at("inquiries")>"県と市町村のやりとり"</a></li>
                <li><a href=at("extensions")>"締切の延長"</a> {awaited}</li>
            </ul>
        </section>
    }
    .into_any()
}
