//! What others do and one does not do yet, with whom to ask.

use leptos::either::Either;
use leptos::prelude::*;

use crate::components::table_frame::TableFrame;

/// So many are shown at once, the rest unfolded.
const FIRST: usize = 10;

/// What others do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ElsewherePractices {
    /// The municipality handed in a response.
    pub responded: bool,
    /// Others are named.
    pub named: bool,
    /// The practices, those that most do first.
    pub rows: Vec<ElsewhereRow>,
    /// Cases of the peers in the same areas.
    pub cases: Vec<PeerCase>,
}

/// A practice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ElsewhereRow {
    /// Number of the question.
    pub number: String,
    /// Its text.
    pub label: String,
    /// Its area.
    pub area: String,
    /// The own answer in words.
    pub own: String,
    /// How many do it.
    pub count: usize,
    /// Who, in sentences.
    pub doing: Vec<String>,
}

/// A case that a peer describes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeerCase {
    /// Whose.
    pub municipality: String,
    /// What it is called.
    pub name: String,
    /// Its area.
    pub area: String,
    /// Where it is described.
    pub url: Option<String>,
    /// Whom to ask.
    pub contact: Option<String>,
}

/// What others do.
#[component]
pub fn ElsewhereSection(
    /// The practices.
    practices: ElsewherePractices,
    /// Address of how they are counted.
    method: String,
) -> impl IntoView {
    let ElsewherePractices { responded, named, rows, cases } = practices;
    let count = rows.len();
    let heading = match (responded, named, count) {
        (false, ..) | (_, _, 0) => "ほかの団体が実施していて、まだ実施していない取組".to_owned(),
        (true, true, _) => format!("比べた団体が実施していて、まだ実施していない取組は{count}"),
        (true, false, _) => format!("県内のほかの団体が実施していて、まだ実施していない取組は{count}"),
    };
    let body = if !responded {
        Either::Left(view! { <p>"この年度の回答がないため、示せません。"</p> })
    } else if rows.is_empty() {
        Either::Left(view! { <p>"示せる取組はありません。"</p> })
    } else {
        let mut first = rows;
        let rest = first.split_off(first.len().min(FIRST));
        let more = (!rest.is_empty()).then(|| {
            let summary = format!("残りの{}の取組", rest.len());
            view! {
                <details>
                    <summary>{summary}</summary>
                    <PracticeTable rows=rest caption="残りの取組".to_owned() />
                </details>
            }
        });
        let lead = if named {
            "実施している団体の多い順です。団体は人口の近い順に並べています。"
        } else {
            "実施している団体の多い順です。市町村名は協議会会員のアカウントに示します。どの団体かが推測できる数は示しません。設問ごとの結果に全市町村の数があっても、自団体を除いた少ない数は、ここでは示しません。"
        };
        Either::Right(view! {
            <p>{lead}</p>
            <PracticeTable rows=first caption="まだ実施していない取組".to_owned() />
            {more}
        })
    };
    view! {
        <section class="section" aria-labelledby="elsewhere">
            <h2 id="elsewhere">{heading}</h2>
            {body}
            <Cases cases />
            <p class="source"><a href=method>"どう計算したか"</a></p>
        </section>
    }
    .into_any()
}

#[component]
fn PracticeTable(rows: Vec<ElsewhereRow>, caption: String) -> impl IntoView {
    let row = |ElsewhereRow { number, label, area, own, count, doing }: ElsewhereRow| {
        let doing = doing.into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
        view! {
            <tr>
                <th scope="row" class="text">{number} " " {label}</th>
                <td>{area}</td>
                <td>{own}</td>
                <td class="number">{count}</td>
                <td class="text">{doing}</td>
            </tr>
        }
    };
    view! {
        <TableFrame label=caption.clone()>
            <table class="table">
                <caption>{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">"設問"</th>
                        <th scope="col">"項目"</th>
                        <th scope="col">"自団体の回答"</th>
                        <th scope="col" class="number">"実施団体"</th>
                        <th scope="col">"実施している団体"</th>
                    </tr>
                </thead>
                <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
            </table>
        </TableFrame>
    }
    .into_any()
}

#[component]
fn Cases(cases: Vec<PeerCase>) -> impl IntoView {
    (!cases.is_empty()).then(|| {
        let contacts = cases.iter().any(|case| case.contact.is_some());
        let lead = if contacts {
            "同じ項目で、比べた団体が好事例として答えた取組です。問い合わせ先は、その団体が記入したものです。"
        } else {
            "同じ項目で、比べた団体が好事例として答えた取組です。問い合わせ先は、記入した団体のものを協議会会員のアカウントに示します。"
        };
        let case = |PeerCase { municipality, name, area, url, contact }: PeerCase| {
            let link = url.filter(|url| url.starts_with("https://") || url.starts_with("http://"));
            let link = link.map(|url| view! { " " <a href=url rel="noreferrer">"公開ページ"</a> });
            let contact = contact.unwrap_or_else(|| "－".to_owned());
            view! {
                <tr>
                    <th scope="row">{municipality}</th>
                    <td>{area}</td>
                    <td class="text">{name} {link}</td>
                    <td class="text">{contact}</td>
                </tr>
            }
        };
        view! {
            <h3>"参考になる取組と問い合わせ先"</h3>
            <p>{lead}</p>
            <TableFrame label="参考になる取組と問い合わせ先">
                <table class="table">
                    <caption>"参考になる取組と問い合わせ先"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"団体"</th>
                            <th scope="col">"項目"</th>
                            <th scope="col">"取組"</th>
                            <th scope="col">"問い合わせ先"</th>
                        </tr>
                    </thead>
                    <tbody>{cases.into_iter().map(case).collect_view()}</tbody>
                </table>
            </TableFrame>
        }
    })
}
