//! An exhibit on a page: finding, picture, notes, table, source, downloads.

use leptos::prelude::*;

use super::phrases::Phrases;
use super::picture::Picture;
use super::table_frame::TableFrame;
use crate::chart::Frame;
use crate::exhibit::table::{Column, DataTable, Value};
use crate::exhibit::{Address, Exhibit};

/// A section of the page with one exhibit.
#[component]
pub fn ExhibitSection(
    /// What it shows.
    exhibit: Exhibit,
) -> impl IntoView {
    let title = format!("{}。{}", exhibit.sentence(), exhibit.subtitle);
    let Exhibit { id, finding, subtitle, chart, table, notes, source, address, demonstration } = exhibit;
    let picture = chart.map(|chart| {
        let draw = move |frame: Frame<'_>| chart.draw(frame, &title);
        view! { <Picture id=format!("{id}-picture") demonstration draw /> }
    });
    let notes = notes.into_iter().map(|note| view! { <p class="source">{note}</p> }).collect_view();
    view! {
        <section class="section exhibit" aria-labelledby=id>
            <h2 id=id.clone()><Phrases phrases=finding /></h2>
            <p class="picture-subtitle">{subtitle}</p>
            {picture}
            {notes}
            <ExhibitTable table />
            <p class="source">{source}</p>
            {address.map(|address| view! { <Downloads address /> })}
        </section>
    }
    .into_any()
}

/// The table of an exhibit.
#[component]
pub fn ExhibitTable(
    /// What it holds.
    table: DataTable,
) -> impl IntoView {
    let DataTable { caption, columns, rows } = table;
    let number = |place: usize| rows.first().and_then(|row| row.get(place)).is_some_and(Value::is_number);
    let headings = columns.into_iter().enumerate().map(|(place, Column { label, .. })| {
        view! { <th scope="col" class:number=number(place)>{label}</th> }
    });
    let headings = headings.collect_view();
    let rows = rows.into_iter().map(|row| view! { <tr>{cells(row)}</tr> }).collect_view();
    view! {
        <TableFrame label=caption.clone()>
            <table class="table">
                <caption>{caption}</caption>
                <thead><tr>{headings}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </TableFrame>
    }
    .into_any()
}

fn cells(row: Vec<Value>) -> Vec<AnyView> {
    let cell = |(place, value): (usize, Value)| {
        let number = value.is_number();
        let words = match value {
            Value::Link(text, href) => view! { <a href=href>{text}</a> }.into_any(),
            other => other.to_string().into_any(),
        };
        if place == 0 {
            view! { <th scope="row">{words}</th> }.into_any()
        } else {
            view! { <td class:number=number>{words}</td> }.into_any()
        }
    };
    row.into_iter().enumerate().map(cell).collect()
}

#[component]
fn Downloads(address: Address) -> impl IntoView {
    let file = |ending: &str, label: &'static str| {
        view! { <li><a href=address.with(ending) download>{label}</a></li> }
    };
    view! {
        <ul class="exhibit-downloads">
            {file(".csv", "表（CSV）")}
            {file(".svg", "図（SVG）")}
            {file(".png", "図（PNG）")}
            <li><a href=address.with("")>"この図だけのページ"</a></li>
        </ul>
    }
    .into_any()
}
