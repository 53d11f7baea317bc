//! What counts, in words, version by version, with each year's values.

use leptos::prelude::*;
use shared::indicator::PopulationCompanion;
use shared::publication::ShownOutcome;

use super::{DefinitionEntry, YearResult};
use crate::components::definition_facts::{DefinitionFacts, role_mark};
use crate::components::format;
use crate::components::result_table::ChangeCells;
use crate::components::table_frame::TableFrame;

/// Every definition and version.
#[component]
pub fn Definitions(definitions: Vec<DefinitionEntry>) -> impl IntoView {
    let entries = definitions.into_iter().map(|entry| view! { <Entry entry /> });
    let entries = entries.collect_view();
    view! {
        <section class="section" aria-labelledby="definitions">
            <h2 id="definitions">"定義"</h2>
            {entries}
        </section>
    }
}

#[component]
fn Entry(entry: DefinitionEntry) -> impl IntoView {
    let DefinitionEntry { definition, results } = entry;
    let title = format!("{}（{}）", definition.title, definition.version_label());
    let anchor = format::definition_anchor(&definition);
    view! {
        <article class="definition" id=anchor>
            <h3>{title.clone()} {role_mark(&definition)}</h3>
            <p>{definition.description.clone()}</p>
            <DefinitionFacts definition />
            {(!results.is_empty()).then(|| view! { <Results title results /> })}
        </article>
    }
    .into_any()
}

/// Each year in full: bounds, respondents, people, change, bridge.
#[component]
fn Results(title: String, results: Vec<YearResult>) -> impl IntoView {
    let rows = results.into_iter().map(|result| view! { <ResultOfYear result /> }).collect_view();
    let label = format!("{title}の年度ごとの値");
    view! {
        <details>
            <summary>"年度ごとの値を見る"</summary>
            <TableFrame label=label.clone()>
                <table class="table">
                    <caption>{label}</caption>
                    <thead>
                        <tr>
                            <th scope="col">"年度"</th>
                            <th scope="col" class="number">"割合"</th>
                            <th scope="col" class="number">"とりうる範囲"</th>
                            <th scope="col" class="number">"回答団体の中では（参考）"</th>
                            <th scope="col" class="number">"人口による割合（参考）"</th>
                            <th scope="col" class="number">"前回との差"</th>
                            <th scope="col" class="number">"差のとりうる範囲"</th>
                            <th scope="col" class="number">"前の定義では"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </TableFrame>
        </details>
    }
    .into_any()
}

#[component]
fn ResultOfYear(result: YearResult) -> impl IntoView {
    let YearResult { year, shown, companion, movement, bridge, computation } = result;
    let outcome = shown.counted();
    let instead = match shown {
        ShownOutcome::Hidden => "非公開",
        ShownOutcome::Suppressed | ShownOutcome::Counted(_) => "秘匿",
    };
    let value = outcome.map_or_else(|| instead.to_owned(), format::counted);
    let bridge = bridge.map(|bridge| {
        view! { <a href=bridge.computation>{format::counted(bridge.outcome)}</a> <br /> {bridge.definition.version_label()} }
    });
    let bridge = bridge.map_or_else(|| "－".into_any(), IntoAny::into_any);
    view! {
        <tr>
            <th scope="row">{year.to_string()}</th>
            <td class="number"><a href=computation>{value}</a></td>
            <td class="number">{outcome.map_or_else(|| instead.to_owned(), format::bounds)}</td>
            <td class="number">{outcome.map_or_else(|| instead.to_owned(), |o| o.among_respondents().to_string())}</td>
            <td class="number">{people(companion)}</td>
            <ChangeCells movement />
            <td class="number">{bridge}</td>
        </tr>
    }
    .into_any()
}

fn people(companion: Option<PopulationCompanion>) -> String {
    companion.map_or_else(|| "－".to_owned(), |companion| format::range(companion.lower, companion.upper))
}
