//! The municipalities as tiles where named values are public, otherwise the regions as bars.

use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::indicator::{Engagement, Field};
use shared::municipality::Region;

use super::fields::HATCHING;
use crate::chart::bars::{Bar, bars};
use crate::chart::tile_map::{FieldCount, tile_map};
use crate::chart::{Frame, Layout};
use crate::components::phrases::Phrases;
use crate::components::picture::Picture;
use crate::components::result_table::{ResultRow, ResultTable};
use crate::components::table_frame::TableFrame;
use crate::figures::{Place, Places, RegionFigure};

/// Where engagement stands.
#[component]
pub fn MapSection(year: FiscalYear, places: Places, demonstration: bool) -> impl IntoView {
    match places {
        Places::Named(places) => view! { <TileMap year places demonstration /> }.into_any(),
        Places::ByRegion(regions) => view! { <RegionBars year regions demonstration /> }.into_any(),
    }
}

#[component]
fn TileMap(year: FiscalYear, places: Vec<Place>, demonstration: bool) -> impl IntoView {
    let engaged_in_all = places.iter().filter(|place| FieldCount::of(place) == FieldCount::Known(3)).count();
    let heading = ["3分野すべてに", "取り組んでいる", "市町村は"].map(str::to_owned);
    let title = format!("市町村ごとの取組分野の数、{year}");
    // On phones the tiles stand in groups of regions, as text of the page.
    let drawn = Frame { id: "tile-map", layout: Layout::Wide, demonstration };
    let has_map = places.iter().any(|place| place.municipality.tile.is_some());
    let map =
        has_map.then(|| view! { <div class="picture picture--map" inner_html=tile_map(drawn, &title, &places)></div> });
    let class = if has_map { "tile-groups tile-groups--narrow" } else { "tile-groups" };
    view! {
        <section class="section" aria-labelledby="map">
            <h2 id="map"><Phrases phrases=heading /> {format!("{engaged_in_all}団体")}</h2>
            <p class="picture-subtitle">
                {format!("3分野のうち取り組んでいる分野の数。{}、全{}市町村。", year.wareki(), places.len())}
            </p>
            <Legend places=places.clone() />
            {map}
            <div class=class><TileGroups places=places.clone() /></div>
            {has_map.then(|| view! { <p class="source">"位置はおおよその並びです。市町村別の値を公開する設問の回答によります。"</p> })}
            <details>
                <summary>"市町村別の結果を表で見る"</summary>
                <PlaceTable year places />
            </details>
        </section>
    }
}

/// The legend in words, with how many municipalities each shade holds.
#[component]
fn Legend(places: Vec<Place>) -> impl IntoView {
    let counts: Vec<FieldCount> = places.iter().map(FieldCount::of).collect();
    let entry = |sample: FieldCount, words: &'static str, number: usize| {
        (number > 0).then(|| view! { <li><span class=sample.class()></span>{format!("{words} {number}団体")}</li> })
    };
    let known = [(3, "3分野"), (2, "2分野"), (1, "1分野"), (0, "0分野")].map(|(n, words)| {
        let sample = FieldCount::Known(n);
        entry(sample, words, counts.iter().filter(|count| **count == sample).count())
    });
    let between = counts.iter().filter(|count| matches!(count, FieldCount::Between(..))).count();
    let missing = counts.iter().filter(|count| **count == FieldCount::NotSubmitted).count();
    view! {
        <ul class="map-legend">
            {known.collect_view()}
            {entry(FieldCount::Between(0, 3), "一部の分野が未確定（色は少ないほうの数）", between)}
            {entry(FieldCount::NotSubmitted, "未提出", missing)}
        </ul>
    }
}

#[component]
fn TileGroups(places: Vec<Place>) -> impl IntoView {
    let regions = Region::ALL.map(Some).into_iter().chain([None]);
    let groups = regions.filter_map(|region| {
        let tiles: Vec<_> = places.iter().filter(|place| place.municipality.region == region).collect();
        if tiles.is_empty() {
            return None;
        }
        let tiles = tiles.into_iter().map(|place| {
            let count = FieldCount::of(place);
            view! { <li class=count.class()><span>{place.municipality.name.clone()}<br />{count.words()}</span></li> }
        });
        let tiles = tiles.collect_view();
        let heading = region.map(|region| view! { <h3>{region.label()}</h3> });
        Some(view! { {heading} <ul class="tiles">{tiles}</ul> })
    });
    groups.collect_view()
}

#[component]
fn PlaceTable(year: FiscalYear, places: Vec<Place>) -> impl IntoView {
    let rows = places.into_iter().map(|place| {
        let fields = Field::ALL.map(|field| {
            let engagement = place.fields.get(&field).copied().unwrap_or(Engagement::Undetermined);
            view! { <td>{engagement_words(place.responded, engagement)}</td> }
        });
        view! {
            <tr>
                <th scope="row">{place.municipality.name.clone()}</th>
                <td>{place.municipality.region.map_or("－", Region::label)}</td>
                {fields.collect_view()}
                <td class="number">{FieldCount::of(&place).words()}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let headings = Field::ALL.map(|field| view! { <th scope="col">{field.label()}</th> }).collect_view();
    view! {
        <TableFrame label="市町村別の結果">
            <table class="table">
                <caption>{format!("市町村別の結果（{year}）")}</caption>
                <thead>
                    <tr>
                        <th scope="col">"市町村"</th>
                        <th scope="col">"地域"</th>
                        {headings}
                        <th scope="col" class="number">"取組分野の数"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </TableFrame>
    }
}

fn engagement_words(responded: bool, engagement: Engagement) -> &'static str {
    match (responded, engagement) {
        (false, _) => "未提出",
        (true, Engagement::Engaged) => "取り組んでいる",
        (true, Engagement::NotEngaged) => "取り組んでいない",
        (true, Engagement::Undetermined) => "未確定",
    }
}

#[component]
fn RegionBars(year: FiscalYear, regions: Vec<RegionFigure>, demonstration: bool) -> impl IntoView {
    let title = format!("地域ごとの割合、{year}");
    let suppressed = regions.iter().any(|figure| figure.outcome.is_none());
    let open = regions.iter().any(|figure| figure.outcome.is_some_and(|outcome| outcome.undetermined() > 0));
    let rows: Vec<ResultRow> = regions.iter().map(ResultRow::from).collect();
    let drawn: Vec<Bar> = regions
        .into_iter()
        .map(|figure| Bar {
            label: figure.region.map_or("地域の区分なし", Region::label).to_owned(),
            field: None,
            outcome: figure.outcome,
            remark: String::new(),
        })
        .collect();
    let draw = move |frame: Frame<'_>| bars(frame, &title, &drawn);
    view! {
        <section class="section" aria-labelledby="map">
            <h2 id="map">"地域ごとの割合"</h2>
            <p class="picture-subtitle">
                {format!("DXに取り組んでいる市町村の割合。{}、分母は地域の市町村数。市町村別の値は公開されていません。", year.wareki())}
            </p>
            <Picture id="region-bars" demonstration draw />
            {open.then(|| view! { <p class="source">{HATCHING}</p> })}
            {suppressed
                .then(|| {
                    view! {
                        <p class="source">
                            "「秘匿」は、市町村ごとの回答が分かってしまうため表示していない値です。"
                        </p>
                    }
                })}
            <details>
                <summary>"地域ごとの結果を表で見る"</summary>
                <ResultTable caption=format!("地域ごとの結果（{year}、団体数）") first_column="地域" rows />
            </details>
        </section>
    }
}
