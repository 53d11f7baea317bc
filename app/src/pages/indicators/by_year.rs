//! Results year by year, with bounds, and what is known of the reference year.

use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::indicator::{Definition, Outcome};
use shared::share::Share;

use super::DefinitionEntry;
use crate::components::format;
use crate::components::result_table::OfficialMark;
use crate::components::table_frame::TableFrame;
use crate::figures::Reference;

/// One row a definition, one column a year.
#[component]
pub fn ByYear(
    definitions: Vec<DefinitionEntry>,
    years: Vec<FiscalYear>,
    reference: Option<Reference>,
) -> impl IntoView {
    let nothing = years.is_empty() && reference.is_none();
    let rows = definitions.into_iter().map(|entry| {
        let known = reference
            .as_ref()
            .map(|reference| view! { <td class="number">{known_of(reference, &entry.definition)}</td> });
        let results = years.iter().map(|year| {
            let outcome = entry.results.iter().find(|(of, _)| of == year).map(|(_, outcome)| *outcome);
            view! { <td class="number">{result_cell(outcome)}</td> }
        });
        let results = results.collect_view();
        let definition = &entry.definition;
        view! {
            <tr>
                <th scope="row">
                    <a href=format::definition_href(definition)>
                        {definition.title.clone()}
                        <span class="keep">{format!("（{}）", definition.version_label())}</span>
                    </a>
                    {definition.official.then(|| view! { " " <OfficialMark /> })}
                </th>
                {known}
                {results}
            </tr>
        }
    });
    let rows = rows.collect_view();
    let known = reference.map(|reference| {
        view! { <th scope="col" class="number">{format!("{}（参考）", reference.year.wareki())}</th> }
    });
    let headings = years.into_iter().map(|year| view! { <th scope="col" class="number">{year.to_string()}</th> });
    let headings = headings.collect_view();
    view! {
        <section class="section" aria-labelledby="by-year">
            <h2 id="by-year">"年度別の結果"</h2>
            {nothing.then(|| view! { <p>"公表された結果はまだありません。"</p> })}
            {(!nothing).then(|| view! {
                <TableFrame label="年度別の結果">
                    <table class="table">
                        <caption>"定義ごとの割合（かっこ内は団体数、下の行は未確定を含むとりうる範囲）"</caption>
                        <thead>
                            <tr>
                                <th scope="col">"定義"</th>
                                {known}
                                {headings}
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </TableFrame>
                <p class="source">"「－」は、その年度にその定義による結果がないことを示します。"</p>
            })}
        </section>
    }
}

fn result_cell(outcome: Option<Outcome>) -> AnyView {
    let Some(outcome) = outcome else { return "－".into_any() };
    let range = (outcome.undetermined() > 0).then(|| view! { <br /> <small>{format::bounds(outcome)}</small> });
    view! { {format!("{}（{}／{}）", outcome.share(), outcome.engaged, outcome.register)} {range} }.into_any()
}

/// A published count for a single field, an interval with its condition for several.
fn known_of(reference: &Reference, definition: &Definition) -> AnyView {
    let is_it = |of: &Definition| of.id == definition.id && of.version == definition.version;
    if let Some(interval) = reference.intervals.iter().find(|interval| is_it(&interval.definition)) {
        let population = interval.bounds.lower.denominator;
        return view! {
            {format::count_bounds(interval.bounds)}
            <br />
            <small>{format!("{population}市町村すべてが回答したと仮定した場合")}</small>
        }
        .into_any();
    }
    let [field] = definition.rule.of.as_slice() else { return "－".into_any() };
    match reference.counts.iter().find(|count| count.field == *field) {
        Some(count) => {
            let share = Share::new(count.count, count.population);
            view! {
                {format!("{share}（{}／{}）", count.count, count.population)}
                <br />
                <small>{format!("定義 {}、回答団体数は公表なし", count.definition)}</small>
            }
            .into_any()
        }
        None => "－".into_any(),
    }
}
