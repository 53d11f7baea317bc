//! The year known only as published counts: counts, intervals with their condition, source.

use leptos::prelude::*;
use shared::share::Share;

use super::format;
use super::reference_method::REFERENCE_METHOD;
use super::table_frame::TableFrame;
use crate::figures::Reference;

/// Counts and intervals of the reference year, with condition and source.
#[component]
pub fn ReferenceTable(
    /// The year.
    reference: Reference,
) -> impl IntoView {
    let Reference { year, counts, intervals, unknown } = reference;
    let population = counts.first().map_or(0, |count| count.population);
    let source = counts.first().map_or_else(String::new, |count| count.source.clone());
    let respondents = match counts.first().and_then(|count| count.respondents) {
        Some(respondents) => format!("回答団体数は{respondents}です。"),
        None => "回答団体数は公表されていません。".to_owned(),
    };
    let definition = counts.first().map_or_else(String::new, |count| count.definition.clone());
    let caption = format!("{year}の公表値（参考、定義 {definition}、分母は全{population}市町村）");
    let label = caption.clone();
    let counted = counts.into_iter().map(|count| {
        let share = Share::new(count.count, count.population);
        view! {
            <tr>
                <th scope="row">{count.field.label()}</th>
                <td class="number">{format!("{}／{}", count.count, count.population)}</td>
                <td class="number">{share.to_string()}</td>
                <td class="text">"公表された団体数"</td>
            </tr>
        }
    });
    let counted = counted.collect_view();
    let intervals = intervals.into_iter().map(|interval| {
        view! {
            <tr>
                <th scope="row">{interval.definition.title}</th>
                <td class="number">"公表なし"</td>
                <td class="number"><a href=REFERENCE_METHOD>{format::count_bounds(interval.bounds)}</a></td>
                <td class="text">{format!("{population}市町村すべてが回答したと仮定した場合に、分野ごとの数からとりうる範囲")}</td>
            </tr>
        }
    });
    let intervals = intervals.collect_view();
    let unknown = unknown.into_iter().map(|(definition, reason)| {
        view! {
            <tr>
                <th scope="row">{definition.title}</th>
                <td class="number">"公表なし"</td>
                <td class="number">"－"</td>
                <td class="text">{reason.to_string()}</td>
            </tr>
        }
    });
    let unknown = unknown.collect_view();
    view! {
        <TableFrame label>
            <table class="table">
                <caption>{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">"区分"</th>
                        <th scope="col" class="number">"団体数"</th>
                        <th scope="col" class="number">"割合"</th>
                        <th scope="col" class="text">"条件"</th>
                    </tr>
                </thead>
                <tbody>{counted}{intervals}{unknown}</tbody>
            </table>
        </TableFrame>
        <p class="source">{format!("出典：{source}。{respondents}")} "その後の調査とは定義が異なるため、増減は計算しません。"</p>
    }
    .into_any()
}
