//! Who counts as what, with the way to each municipality's answers.

use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::indicator::Definition;
use shared::municipality::Region;

use super::{ComputedPlaces, MunicipalityRow, verdict};
use crate::components::result_table::ResultTable;
use crate::components::table_frame::TableFrame;

/// The municipalities by name, or the regions.
#[component]
pub fn MunicipalitySection(year: FiscalYear, definition: Definition, places: ComputedPlaces) -> impl IntoView {
    match places {
        ComputedPlaces::Named(rows) => view! { <Named year definition rows /> }.into_any(),
        ComputedPlaces::ByRegion(rows) => view! {
            <section class="section" aria-labelledby="municipalities">
                <h2 id="municipalities">"地域ごとの判定"</h2>
                <p>
                    "市町村別の値は公開されていないため、市町村の名前は表示しません。「秘匿」は、市町村ごとの回答が分かってしまうため表示していない値です。"
                </p>
                <ResultTable caption=format!("地域ごとの結果（{year}、団体数）") first_column="地域" rows />
            </section>
        }
        .into_any(),
    }
}

#[component]
fn Named(year: FiscalYear, definition: Definition, rows: Vec<MunicipalityRow>) -> impl IntoView {
    let fields = definition.rule.fields.iter().map(|rule| view! { <th scope="col">{rule.field.label()}</th> });
    let fields = fields.collect_view();
    let nobody = rows.is_empty();
    let rows = rows.into_iter().map(|row| {
        let MunicipalityRow { name, region, state, engagement, fields, href } = row;
        let fields = fields.into_iter().map(|engagement| view! { <td>{verdict(engagement)}</td> }).collect_view();
        view! {
            <tr>
                <th scope="row"><a href=href>{name}</a></th>
                <td>{region.map_or("－", Region::label)}</td>
                <td>{state}</td>
                {fields}
                <td>{verdict(engagement)}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="section" aria-labelledby="municipalities">
            <h2 id="municipalities">"市町村ごとの判定"</h2>
            {nobody.then(|| view! { <p>"対象となる市町村がありません。"</p> })}
            {(!nobody).then(|| view! {
                <p>"市町村を選ぶと、判定のもとになった回答が分かります。"</p>
                <TableFrame label="市町村ごとの判定">
                    <table class="table">
                        <caption>{format!("市町村ごとの判定（{year}）")}</caption>
                        <thead>
                            <tr>
                                <th scope="col">"市町村"</th>
                                <th scope="col">"地域"</th>
                                <th scope="col">"回答の状態"</th>
                                {fields}
                                <th scope="col">"判定"</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </TableFrame>
            })}
        </section>
    }
    .into_any()
}
