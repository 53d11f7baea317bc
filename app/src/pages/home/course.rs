//! The plan's years: the picture and its table.

use leptos::prelude::*;
use shared::indicator::{Field, Outcome};

use crate::chart::Frame;
use crate::chart::trend::trend as draw_trend;
use crate::components::format;
use crate::components::phrases::Phrases;
use crate::components::picture::Picture;
use crate::components::table_frame::TableFrame;
use crate::figures::{Reference, Trend};

/// The official indicator and the fields over the plan's years.
#[component]
pub fn CourseSection(trend: Trend, demonstration: bool) -> impl IntoView {
    let title = format!("DXに取り組んでいる市町村の割合の推移、{}から{}まで", trend.first, trend.last);
    let drawn = trend.clone();
    let draw = move |frame: Frame<'_>| draw_trend(frame, &title, &drawn);
    let whiskers = trend.years.iter().any(|year| year.headline.undetermined() > 0);
    let target = trend.target.is_none().then(|| {
        view! {
            <li>{format!("{}の目標値は登録されていないため、目標の線はありません。", trend.last.wareki())}</li>
        }
    });
    view! {
        <section class="section" aria-labelledby="course">
            <h2 id="course"><Phrases phrases=heading(&trend) /></h2>
            <p class="picture-subtitle">
                {format!("DXに取り組んでいる市町村の割合（％）。{}から{}まで、分母は全市町村。", trend.first.wareki(), trend.last.wareki())}
            </p>
            <div class="picture-and-notes">
            <Picture id="trend" demonstration draw />
            <ul class="picture-notes">
                {trend.reference.as_ref().map(|reference| view! { <ReferenceNote reference=reference.clone() /> })}
                {whiskers.then(|| view! { <li>"点から上に伸びる細い線は、未確定の団体がすべて取り組んでいた場合の値です。"</li> })}
                {target}
            </ul>
            </div>
            <details>
                <summary>"推移を表で見る"</summary>
                <CourseTable trend />
            </details>
        </section>
    }
    .into_any()
}

/// The finding over the years: the change since the first year of the same definition.
fn heading(trend: &Trend) -> [String; 4] {
    let since = trend.breaks.iter().max();
    let mut comparable = trend.years.iter().filter(|year| since.is_none_or(|since| year.year >= *since));
    let change = comparable.next().zip(comparable.next_back()).and_then(|(earlier, later)| {
        let points = later.headline.share().points_since(earlier.headline.share())?;
        let (from, to) = (earlier.year.wareki(), later.year.wareki());
        Some([format!("{from}から"), format!("{to}までの"), "変化は".to_owned(), points.to_string()])
    });
    let plain = || [format!("{}に", trend.last.wareki()), "向けた".to_owned(), "推移".to_owned(), String::new()];
    change.unwrap_or_else(plain)
}

#[component]
fn ReferenceNote(reference: Reference) -> impl IntoView {
    let year = reference.year.wareki();
    let interval = reference.intervals.iter().find(|interval| interval.definition.official).map(|interval| {
        let bounds = format::count_bounds(interval.bounds);
        let population = interval.bounds.lower.denominator;
        format!(
            "斜線の帯は「{}」のとりうる範囲（{bounds}）で、{population}市町村すべてが回答したと仮定した場合のものです。",
            interval.definition.title
        )
    });
    view! {
        <li>
            {format!("{year}の白抜きの印は公表値で、その後とは定義が異なる参考値です。")}
            {interval}
        </li>
    }
    .into_any()
}

#[component]
fn CourseTable(trend: Trend) -> impl IntoView {
    let cell = |outcome: Option<Outcome>| {
        view! { <td class="number">{outcome.map_or_else(|| "－".to_owned(), format::counted)}</td> }
    };
    let rows = trend.years.iter().map(|year| {
        let of_field = |field| year.fields.iter().find(|(f, _)| *f == field).map(|(_, outcome)| *outcome);
        view! {
            <tr>
                <th scope="row">{year.year.to_string()}</th>
                <td class="number"><a href=year.computation.clone()>{format::counted(year.headline)}</a></td>
                <td class="number">{format::bounds(year.headline)}</td>
                {Field::ALL.map(|field| cell(of_field(field))).collect_view()}
            </tr>
        }
    });
    let rows = rows.collect_view();
    let headings = Field::ALL.map(|field| view! { <th scope="col" class="number">{field.label()}</th> }).collect_view();
    view! {
        <TableFrame label="年度ごとの割合">
            <table class="table">
                <caption>"年度ごとの割合（かっこ内は団体数）"</caption>
                <thead>
                    <tr>
                        <th scope="col">"年度"</th>
                        <th scope="col" class="number">{trend.headline.clone()}</th>
                        <th scope="col" class="number">"とりうる範囲"</th>
                        {headings}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </TableFrame>
    }
    .into_any()
}
