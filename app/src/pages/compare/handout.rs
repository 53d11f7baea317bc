//! `/compare/handout`: one sheet of A4.

use leptos::prelude::*;

use crate::components::phrases::Phrases;

/// What the sheet shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handout {
    /// Year and edition.
    pub context: String,
    /// The finding, in phrases.
    pub heading: Vec<String>,
    /// Whom it is compared with.
    pub peers: String,
    /// The own name.
    pub own: String,
    /// The comparisons.
    pub rows: Vec<HandoutRow>,
    /// Rows left out in the middle.
    pub left: usize,
    /// What others do, a line each.
    pub practices: Vec<String>,
    /// The own score with its rank interval, in a sentence.
    pub maturity: Option<String>,
    /// Where it comes from.
    pub source: String,
    /// Where it is shown how the figures were computed.
    pub computation: String,
    /// The comparison's page.
    pub back: String,
}

/// One comparison, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandoutRow {
    /// What.
    pub label: String,
    /// The own value.
    pub own: String,
    /// The median.
    pub median: String,
    /// The difference.
    pub gap: String,
    /// The rank.
    pub rank: String,
}

/// The comparison for handing out.
#[component]
pub fn HandoutPage(
    /// What it shows.
    model: Handout,
) -> impl IntoView {
    let Handout { context, heading, peers, own, rows, left, practices, maturity, source, computation, back } = model;
    let row = |HandoutRow { label, own, median, gap, rank }: HandoutRow| {
        view! {
            <tr>
                <th scope="row">{label}</th>
                <td class="number">{own}</td>
                <td class="number">{median}</td>
                <td class="number">{gap}</td>
                <td class="number">{rank}</td>
            </tr>
        }
    };
    let left = (left > 0).then(|| format!("中央値との差が小さい{left}行は省きました。"));
    let practices = (!practices.is_empty()).then(|| {
        let lines = practices.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
        view! {
            <h2>"まだ実施していない取組のうち、実施している団体が多いもの"</h2>
            <ul>{lines}</ul>
        }
    });
    view! {
        <p class="screen-only"><a href=back>"比較に戻る"</a> "　印刷するとA4 1枚になります。"</p>
        <article class="paper handout">
            <p class="page-context">{context}</p>
            <h1><Phrases phrases=heading /></h1>
            <p>{peers}</p>
            <table class="paper-table handout-table">
                <caption>"実施率と中央値との差（差の大きい順）"</caption>
                <thead>
                    <tr>
                        <th scope="col">"区分"</th>
                        <th scope="col" class="number">{own}</th>
                        <th scope="col" class="number">"中央値"</th>
                        <th scope="col" class="number">"差"</th>
                        <th scope="col" class="number">"順位"</th>
                    </tr>
                </thead>
                <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
            </table>
            {left.map(|left| view! { <p class="source">{left}</p> })}
            {maturity.map(|maturity| view! { <p>{format!("{maturity}。")}</p> })}
            {practices}
            <p class="source">
                "実施率は、該当なしと対象外を除いた取組のうち「一部実施・実証中」以上と答えたものの割合です。無回答と不明は実施していない側に数えます。"
                {source}
                " "
                <a href=computation>"どう計算したか"</a>
            </p>
        </article>
    }
    .into_any()
}
