//! The plan's KPI ledger: what is unknown says so.

use leptos::prelude::*;

use super::{KpiCategory, KpiRow};
use crate::components::table_frame::TableFrame;

/// One table a category.
#[component]
pub fn Ledger(ledger: Vec<KpiCategory>, may_edit: bool) -> impl IntoView {
    let tables = ledger.into_iter().map(|category| view! { <Category category may_edit /> }).collect_view();
    view! {
        <section class="section" aria-labelledby="ledger">
            <h2 id="ledger">"計画のKPI"</h2>
            <p>"値が分からないものは「未設定」としています。推計や補完はしていません。"</p>
            {tables}
        </section>
    }
}

#[component]
fn Category(category: KpiCategory, may_edit: bool) -> impl IntoView {
    let rows = category.rows.into_iter().map(|row| view! { <Row row may_edit /> }).collect_view();
    let label = format!("{}のKPI", category.name);
    view! {
        <TableFrame label>
            <table class="table ledger">
                <caption>{category.name}</caption>
                <thead>
                    <tr>
                        <th scope="col">"指標"</th>
                        <th scope="col">"単位"</th>
                        <th scope="col" class="number">"基準値"</th>
                        <th scope="col" class="number">"直近の値"</th>
                        <th scope="col" class="number">"目標値（2028年度）"</th>
                        <th scope="col">"出典"</th>
                        {may_edit.then(|| view! { <th scope="col">"編集"</th> })}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </TableFrame>
    }
}

#[component]
fn Row(row: KpiRow, may_edit: bool) -> impl IntoView {
    let KpiRow { kpi, computed } = row;
    let latest = match computed {
        Some(computed) => view! {
            <a href=computed.computation>{computed.share.to_string()}</a>
            <br />
            {computed.year.wareki()}
        }
        .into_any(),
        None => or_unset("").into_any(),
    };
    let period = (!kpi.baseline_period.is_empty()).then(|| view! { <br /> {kpi.baseline_period} });
    let source = [kpi.source, kpi.frequency].into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>();
    let note = (!kpi.note.is_empty()).then(|| view! { <br /> <small>{kpi.note}</small> });
    let edit = may_edit.then(|| {
        let label = format!("「{}」を編集する", kpi.label);
        view! { <td><a href=format!("/desk/kpi/{}", kpi.id) class="keep" aria-label=label>"編集する"</a></td> }
    });
    view! {
        <tr>
            <th scope="row" class="text">{kpi.label} {note}</th>
            <td>{or_unset(&kpi.unit)}</td>
            <td class="number">{or_unset(&kpi.baseline)} {period}</td>
            <td class="number">{latest}</td>
            <td class="number">{or_unset(&kpi.target_2028)}</td>
            <td class="text">{or_unset(&source.join("、"))}</td>
            {edit}
        </tr>
    }
}

/// The words, or 「未設定」.
fn or_unset(words: &str) -> AnyView {
    if words.is_empty() {
        view! { <span class="unset">"未設定"</span> }.into_any()
    } else {
        words.to_owned().into_any()
    }
}
