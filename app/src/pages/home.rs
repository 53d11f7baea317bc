//! `/`: the published indicator.
//!
//! - `finding`: the heading and what it rests on
//! - `fields`: the three fields
//! - `course`: the plan's years
//! - `map`: the municipalities or the regions
//! - `method`: how it was computed, and from which data

mod course;
mod fields;
mod finding;
mod map;
mod method;

use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::time::Timestamp;

use self::course::CourseSection;
use self::fields::{FieldSection, TableSection};
use self::finding::Finding;
use self::map::MapSection;
use self::method::MethodSection;
use crate::components::reference_table::ReferenceTable;
use crate::components::result_table::ResultRow;
use crate::figures::{FieldFigure, Figure, Places, Reference, Trend};

/// The public page.
#[derive(Debug, Clone, PartialEq)]
pub enum Home {
    /// Nothing is published yet.
    Nothing {
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
    /// Generated data: the pictures say so.
    pub demonstration: bool,
}

/// The public page.
#[component]
pub fn HomePage(
    /// What it shows.
    model: Home,
) -> impl IntoView {
    match model {
        Home::Nothing { under_way, reference } => view! { <NothingPublished under_way reference /> }.into_any(),
        Home::Published(published) => view! { <PublishedRound published=*published /> }.into_any(),
    }
}

#[component]
fn PublishedRound(published: Published) -> impl IntoView {
    view! {
        <Finding published=published.clone() />
        <FieldSection published=published.clone() />
        <CourseSection trend=published.trend.clone() demonstration=published.demonstration />
        <MapSection year=published.year places=published.places.clone() demonstration=published.demonstration />
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
fn NothingPublished(under_way: Option<FiscalYear>, reference: Option<Reference>) -> impl IntoView {
    let progress = match under_way {
        Some(year) => format!("{year}の調査を行っています。県が結果を確定して公表すると、このページに表示されます。"),
        None => "調査の結果が公表されると、このページに表示されます。".to_owned(),
    };
    view! {
        <h1>"公表された結果はまだありません"</h1>
        <p class="page-lead">{progress}</p>
        <p>"指標の定義は" <a href="/indicators">"指標のページ"</a>"で見られます。"</p>
        {reference.map(|reference| view! { <ReferenceSection reference /> })}
    }
}
