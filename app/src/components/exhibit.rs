//! An exhibit on a page: finding, picture, notes, table, source, downloads.

use leptos::either::Either;
use leptos::prelude::*;

use super::format;
use super::phrases::Phrases;
use super::picture::Picture;
use super::table_frame::{TableFrame, is_printed};
use crate::chart::Frame;
use crate::exhibit::sorting::Sorting;
use crate::exhibit::table::{Column, DataTable, Value};
use crate::exhibit::{Address, Exhibit};

/// The address of the page being rendered, so that tables on it can be sorted by plain links.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PageAddress {
    /// Its path.
    pub path: String,
    /// What stands behind `?`, without [`Self::sort`]; empty for nothing.
    pub query: String,
    /// `sort=EXHIBIT.COLUMN` or `sort=EXHIBIT.-COLUMN`: which table is sorted, and how.
    pub sort: Option<(String, Sorting)>,
}

impl PageAddress {
    /// Reads an address.
    pub fn of(path: &str, query: &str) -> Self {
        let (sort, rest): (Vec<&str>, Vec<&str>) =
            query.split('&').filter(|part| !part.is_empty()).partition(|part| part.starts_with("sort="));
        let sort = sort.first().and_then(|part| part["sort=".len()..].split_once('.'));
        Self {
            path: path.to_owned(),
            query: rest.join("&"),
            sort: sort.map(|(exhibit, column)| (exhibit.to_owned(), Sorting::parse(column))),
        }
    }

    /// How an exhibit's table is sorted.
    fn sorting(&self, exhibit: &str) -> Option<&Sorting> {
        self.sort.as_ref().filter(|(of, _)| of == exhibit).map(|(_, sorting)| sorting)
    }

    /// The same page with an exhibit's table sorted.
    fn sorted(&self, exhibit: &str, sorting: &Sorting) -> String {
        let Self { path, query, .. } = self;
        let and = if query.is_empty() { "" } else { "&" };
        format!("{path}?{query}{and}sort={exhibit}.{}#{exhibit}-table", sorting.parameter())
    }
}

/// A section of the page with one exhibit.
#[component]
pub fn ExhibitSection(
    /// What it shows.
    exhibit: Exhibit,
    /// The page is about nothing else: the finding is its heading.
    #[prop(optional)]
    alone: bool,
    /// Folds the table below these words.
    #[prop(optional, into)]
    folded: Option<String>,
    /// Stands before the heading, e.g. 「速報」.
    #[prop(default = None)]
    mark: Option<&'static str>,
    /// What is said before the picture, a line each.
    #[prop(optional)]
    lead: Vec<String>,
) -> impl IntoView {
    let title = exhibit.title();
    let Exhibit { id, finding, subtitle, chart, table, notes, source, computation, address, demonstration } = exhibit;
    let drawn = chart.is_some();
    let picture = chart.map(|chart| {
        let draw = move |frame: Frame<'_>| chart.draw(frame, &title);
        view! { <Picture id=format!("{id}-picture") demonstration draw /> }
    });
    let notes = (!notes.is_empty()).then(|| {
        let notes = notes.into_iter().map(|note| view! { <li>{note}</li> }).collect_view();
        view! { <ul class="picture-notes">{notes}</ul> }
    });
    let mark = mark.map(|mark| view! { <span class="mark-reference">{mark}</span> " " });
    let heading = if alone {
        Either::Left(view! { <h1 id=id.clone()>{mark} <Phrases phrases=finding /></h1> })
    } else {
        Either::Right(view! { <h2 id=id.clone()>{mark} <Phrases phrases=finding /></h2> })
    };
    let lead = (!lead.is_empty()).then(|| {
        view! { <ul class="exhibit-lead">{lead.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul> }
    });
    let sorted = sorting_of(&id).is_some();
    let table = view! { <ExhibitTable id=id.clone() table /> };
    let table = match folded {
        Some(words) => Either::Left(view! { <details open=sorted><summary>{words}</summary>{table}</details> }),
        None => Either::Right(table),
    };
    let computation = computation.map(|href| {
        view! { " " <a href=href target=alone.then_some("_top")>"どう計算したか"</a> }
    });
    view! {
        <section class="section exhibit" aria-labelledby=id>
            {heading}
            {lead}
            <p class="picture-subtitle">{subtitle}</p>
            <div class="picture-and-notes">{picture} {notes}</div>
            {table}
            <p class="source">{source} {computation}</p>
            {address.map(|address| view! { <Downloads address alone drawn /> })}
        </section>
    }
    .into_any()
}

/// The table of an exhibit; its headings sort it where the page has an address.
#[component]
pub fn ExhibitTable(
    /// The exhibit's id.
    #[prop(into)]
    id: String,
    /// What it holds.
    table: DataTable,
) -> impl IntoView {
    let mut table = table;
    if let Some(sorting) = sorting_of(&id) {
        sorting.apply(&mut table);
    }
    let DataTable { caption, columns, rows } = table.on_pages();
    let sortable = rows.len() > 1;
    let width = columns.len();
    let unprinted = (!is_printed(width)).then(|| {
        view! { <p class="print-only">"列が多いため、この表は印刷しません。表のファイル（CSV）を使ってください。"</p> }
    });
    let headings = columns.into_iter().map(|column| view! { <SortHeading table=id.clone() column sortable /> });
    let headings = headings.collect_view();
    let rows = rows.into_iter().map(|row| view! { <tr>{cells(row)}</tr> }).collect_view();
    view! {
        {unprinted}
        <TableFrame label=caption.clone() columns=width>
            <table class="table" id=format!("{id}-table")>
                <caption>{caption}</caption>
                <thead><tr>{headings}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </TableFrame>
    }
    .into_any()
}

/// How the page's address sorts that table.
pub fn sorting_of(table: &str) -> Option<Sorting> {
    use_context::<PageAddress>()?.sorting(table).cloned()
}

/// A heading of a table whose id is `table` and `-table`; a link that sorts it, where the page has an address.
#[expect(clippy::needless_pass_by_value, reason = "a component owns what it shows")]
#[component]
pub fn SortHeading(
    /// The table's name in addresses.
    table: String,
    /// The column.
    column: Column,
    /// Whether there is anything to sort.
    sortable: bool,
) -> impl IntoView {
    let page = use_context::<PageAddress>().filter(|_| sortable);
    let number = column.is_number();
    let now = sorting_of(&table).filter(|now| now.column == column.name);
    let sort = now.as_ref().map(|now| if now.descending { "descending" } else { "ascending" });
    let words = match page {
        Some(page) => {
            let pressed = Sorting::pressed(now.as_ref(), &column, number);
            view! { <SortLink href=page.sorted(&table, &pressed) column now /> }.into_any()
        }
        None => column.label.into_any(),
    };
    view! { <th scope="col" class:number=number aria-sort=sort>{words}</th> }
}

/// A heading that sorts.
#[component]
fn SortLink(href: String, column: Column, now: Option<Sorting>) -> impl IntoView {
    let mark = now.map(|now| if now.descending { " ▼" } else { " ▲" });
    view! { <a class="sort-link" href=href rel="nofollow">{column.label}<span aria-hidden="true">{mark}</span></a> }
}

fn cells(row: Vec<Value>) -> Vec<AnyView> {
    let cell = |(place, value): (usize, Value)| {
        let number = value.is_number();
        let words = match value {
            Value::Link(text, href) => view! { <a href=href>{text}</a> }.into_any(),
            Value::Change(change, unit) => {
                let class = format!("change change--{}", change.code());
                view! { <span class=class>{format::change(&change, &unit)}</span> }.into_any()
            }
            Value::Difference(change) => view! { <Phrases phrases=format::difference_phrases(&change) /> }.into_any(),
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

/// The files of an exhibit and, unless it stands alone, its own page.
#[expect(clippy::needless_pass_by_value, reason = "a component owns what it shows")]
#[component]
pub fn Downloads(
    /// Its address.
    address: Address,
    /// The page is about nothing else.
    alone: bool,
    /// It has a picture.
    drawn: bool,
) -> impl IntoView {
    let file = |ending: &str, label: &'static str| {
        view! { <li><a href=address.with(ending) download>{label}</a></li> }
    };
    view! {
        <ul class="exhibit-downloads">
            {file(".csv", "表（CSV）")}
            {drawn.then(|| view! { {file(".svg", "図（SVG）")} {file(".png", "図（PNG）")} })}
            {(!alone)
                .then(|| {
                    let words = if drawn { "この図だけのページ" } else { "この表だけのページ" };
                    view! { <li><a href=address.with("")>{words}</a></li> }
                })}
        </ul>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_its_filters_when_a_table_is_sorted() {
        let page = PageAddress::of("/results/2026/q1", "region=tosei&sort=by-year.-share&kind=city");
        assert_eq!(page.query, "region=tosei&kind=city");
        let now = page.sorting("by-year").unwrap();
        assert!(now.descending && page.sorting("by-group").is_none());
        let pressed = Sorting::pressed(Some(now), &Column::share("割合", "share"), true);
        let href = page.sorted("by-year", &pressed);
        assert_eq!(href, "/results/2026/q1?region=tosei&kind=city&sort=by-year.share#by-year-table");
        assert_eq!(PageAddress::of("/", "").sorted("fields", &pressed), "/?sort=fields.share#fields-table");
    }
}
