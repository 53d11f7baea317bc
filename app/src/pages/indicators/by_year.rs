//! Results year by year, with bounds, and what is known of the reference year.

use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::indicator::Definition;
use shared::publication::ShownOutcome;
use shared::share::Share;

use super::{DefinitionEntry, YearResult};
use crate::components::format;
use crate::components::phrases::Phrases;
use crate::components::reference_method::REFERENCE_METHOD;
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
            let result = entry.results.iter().find(|result| result.year == *year);
            view! { <td class="number">{result_cell(result)}</td> }
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
                <p class="source">
                    "「－」は、その年度にその定義による結果がないことを示します。「秘匿」は、市町村ごとの回答が分かってしまうため表示していない値です。"
                </p>
            })}
        </section>
    }
}

fn result_cell(result: Option<&YearResult>) -> AnyView {
    let Some(result) = result else { return "－".into_any() };
    let href = result.computation.clone();
    let outcome = match result.shown {
        ShownOutcome::Counted(outcome) => outcome,
        ShownOutcome::Suppressed => return view! { <a href=href>"秘匿"</a> }.into_any(),
        ShownOutcome::Hidden => return "非公開".into_any(),
    };
    let range = (outcome.undetermined() > 0).then(|| view! { <br /> <small>{format::bounds(outcome)}</small> });
    let new = result.bridge.is_some().then(|| view! { <br /> <small>"定義の変更"</small> });
    view! { <a href=href>{format::counted(outcome)}</a> {range} {new} }.into_any()
}

/// A published count for a single field, an interval with its condition for several.
fn known_of(reference: &Reference, definition: &Definition) -> AnyView {
    let is_it = |of: &Definition| of.id == definition.id && of.version == definition.version;
    if let Some(interval) = reference.intervals.iter().find(|interval| is_it(&interval.definition)) {
        let population = interval.bounds.lower.denominator;
        return view! {
            <a href=REFERENCE_METHOD>{format::count_bounds(interval.bounds)}</a>
            <br />
            <small>
                <Phrases phrases=[
                    format!("{population}市町村すべてが"),
                    "回答したと".to_owned(),
                    "仮定した場合".to_owned(),
                ] />
            </small>
        }
        .into_any();
    }
    let [rule] = definition.rule.fields.as_slice() else { return "－".into_any() };
    match reference.counts.iter().find(|count| count.field == rule.field) {
        Some(count) => {
            let share = Share::new(count.count, count.population);
            view! {
                <a href="#reference">{format!("{share}（{}／{}）", count.count, count.population)}</a>
                <br />
                <small>
                    <Phrases phrases=[format!("定義 {}、", count.definition), "回答団体数は".to_owned(), "公表なし".to_owned()] />
                </small>
            }
            .into_any()
        }
        None => "－".into_any(),
    }
}
