//! `/`: the published indicator.
//!
//! - `finding`: the heading and what it rests on
//! - `fields`: the three fields
//! - `indicator`, `groups`: all definitions, and the official one by groups, for the report
//! - `course`: the plan's years
//! - `map`: the municipalities or the regions
//! - `method`: how it was computed, and from which data

mod course;
mod fields;
mod finding;
mod groups;
mod indicator;
mod map;
mod method;

use std::sync::Arc;

use leptos::prelude::*;
use shared::boundary::Boundaries;
use shared::fiscal_year::FiscalYear;
use shared::time::Timestamp;

use self::course::course;
use self::fields::{TableSection, fields};
pub use self::finding::Finding;
pub use self::groups::groups;
pub use self::indicator::indicator;
use self::map::map;
pub use self::map::map_values;
pub use self::method::MethodSection;
use crate::components::exhibit::ExhibitSection;
use crate::components::reference_table::ReferenceTable;
use crate::components::result_table::ResultRow;
use crate::exhibit::{Address, Exhibit};
use crate::figures::{FieldFigure, Figure, Places, Reference, Trend};

/// The public page.
#[derive(Debug, Clone, PartialEq)]
pub enum Home {
    /// Nothing is published yet, or not for everybody.
    Nothing {
        /// The last published round, whose official indicator is not for everybody.
        published: Option<FiscalYear>,
        /// The round under way, where there is one.
        under_way: Option<FiscalYear>,
        /// The year known only as counts.
        reference: Option<Reference>,
    },
    /// The last published round.
    Published(Box<Published>),
}

/// The last published round.
#[derive(Debug, Clone, PartialEq)]
pub struct Published {
    /// The round.
    pub year: FiscalYear,
    /// 基準日: answers hold as of this time.
    pub reference_date: Timestamp,
    /// Revision, counted from 1.
    pub revision: u32,
    /// When it was published.
    pub published_at: Timestamp,
    /// SHA-256 of the snapshot, in hexadecimal.
    pub sha256: String,
    /// The official definition's result: the heading.
    pub official: Figure,
    /// The three fields, in the order of the plan.
    pub fields: Vec<FieldFigure>,
    /// 「別の定義による参考値」
    pub others: Vec<ResultRow>,
    /// Towards the plan's last year.
    pub trend: Trend,
    /// The map, or the regions.
    pub places: Places,
    /// Boundaries for the map, where some were imported.
    pub boundaries: Option<Arc<Boundaries>>,
    /// Generated data: the pictures say so.
    pub demonstration: bool,
}

/// The page's pictures by name, each also reached below `/pictures/home/`.
pub fn exhibit(published: &Published, name: &str) -> Option<Exhibit> {
    match name {
        "fields" => Some(fields(published)),
        "course" => Some(course(published)),
        "map" => Some(map(published)),
        _ => None,
    }
}

fn address(name: &str) -> Address {
    Address { path: format!("/pictures/home/{name}"), query: String::new() }
}

/// Survey, definition, revision and hash.
fn source(published: &Published) -> String {
    let Published { year, revision, sha256, official, .. } = published;
    let definition = &official.definition;
    format!(
        "資料：{}、{year}、公表第{revision}版。定義：{}（{}）。データ：SHA-256 {}…",
        definition.source,
        definition.title,
        definition.version_label(),
        sha256.get(..12).unwrap_or(sha256)
    )
}

/// The public page.
#[component]
pub fn HomePage(
    /// What it shows.
    model: Home,
) -> impl IntoView {
    match model {
        Home::Nothing { published, under_way, reference } => {
            view! { <NothingPublished published under_way reference /> }.into_any()
        }
        Home::Published(published) => view! { <PublishedRound published=*published /> }.into_any(),
    }
}

#[component]
fn PublishedRound(published: Published) -> impl IntoView {
    let map_table = match published.places {
        Places::Named(_) => "市町村別の結果を表で見る",
        Places::ByRegion(_) => "地域ごとの結果を表で見る",
    };
    view! {
        <Finding published=published.clone() />
        <ExhibitSection exhibit=fields(&published) folded="分野ごとの割合を表で見る" />
        <ExhibitSection exhibit=course(&published) folded="推移を表で見る" />
        <ExhibitSection exhibit=map(&published) folded=map_table />
        <TableSection published=published.clone() />
        {published.trend.reference.clone().map(|reference| view! { <ReferenceSection reference /> })}
        <MethodSection published />
    }
}

#[component]
fn ReferenceSection(reference: Reference) -> impl IntoView {
    view! {
        <section class="section" aria-labelledby="reference">
            <h2 id="reference">{format!("{}の公表値（参考）", reference.year.wareki())}</h2>
            <ReferenceTable reference />
        </section>
    }
}

#[component]
fn NothingPublished(
    published: Option<FiscalYear>,
    under_way: Option<FiscalYear>,
    reference: Option<Reference>,
) -> impl IntoView {
    let (heading, progress) = match (published, under_way) {
        (Some(year), _) => {
            ("指標の値は公開していません", format!("{year}の指標は、公開範囲の設定により表示できません。"))
        }
        (None, Some(year)) => (
            "公表された結果はまだありません",
            format!("{year}の調査を行っています。県が結果を確定して公表すると、このページに表示されます。"),
        ),
        (None, None) => {
            ("公表された結果はまだありません", "調査の結果が公表されると、このページに表示されます。".to_owned())
        }
    };
    view! {
        <h1>{heading}</h1>
        <p class="page-lead">{progress}</p>
        <p>"指標の定義は" <a href="/indicators">"指標のページ"</a>"で見られます。"</p>
        {reference.map(|reference| view! { <ReferenceSection reference /> })}
    }
}
