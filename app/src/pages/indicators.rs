//! `/indicators`: definitions, results by year, the plan's KPI ledger.
//!
//! - `definitions`: what counts, in words, version by version
//! - `by_year`: results year by year
//! - `ledger`: the KPI ledger

mod by_year;
mod definitions;
mod ledger;

use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::indicator::{Definition, PopulationCompanion};
use shared::publication::ShownOutcome;

use self::by_year::ByYear;
use self::definitions::Definitions;
use self::ledger::Ledger;
pub use self::ledger::LedgerTable;
use crate::components::reference_method::ReferenceMethod;
use crate::components::reference_table::ReferenceTable;
use crate::figures::{BridgeFigure, Movement, Reference};
use crate::ledger::LedgerCategory;

/// Definitions, results by year and the KPI ledger.
#[derive(Debug, Clone, PartialEq)]
pub struct Indicators {
    /// Every definition and version: the official one first, then fields, then references.
    pub definitions: Vec<DefinitionEntry>,
    /// Published years, ascending: the columns of the table by year.
    pub years: Vec<FiscalYear>,
    /// The year known only as counts.
    pub reference: Option<Reference>,
    /// The KPI ledger in the plan's order.
    pub ledger: Vec<LedgerCategory>,
    /// The viewer may edit the ledger: leads to `/desk/kpi`.
    pub may_edit: bool,
}

/// A version of a definition and its results.
#[derive(Debug, Clone, PartialEq)]
pub struct DefinitionEntry {
    /// The definition.
    pub definition: Definition,
    /// Its results in the published years that used this version, ascending.
    pub results: Vec<YearResult>,
}

/// One definition's result in one year, as far as the viewer may see.
#[derive(Debug, Clone, PartialEq)]
pub struct YearResult {
    /// The year.
    pub year: FiscalYear,
    /// Its counts.
    pub shown: ShownOutcome,
    /// The same counted in people; `None` where named values are not for the viewer, or nothing can be said.
    pub companion: Option<PopulationCompanion>,
    /// Against the year published before, where that used the same version.
    pub movement: Option<Movement>,
    /// In the first year of a new version.
    pub bridge: Option<BridgeFigure>,
    /// Address of how it was computed.
    pub computation: String,
}

/// Definitions, results by year and the KPI ledger.
#[component]
pub fn IndicatorsPage(
    /// What it shows.
    model: Indicators,
) -> impl IntoView {
    let Indicators { definitions, years, reference, ledger, may_edit } = model;
    let reference_section = reference.clone().map(|reference| {
        view! {
            <section class="section" aria-labelledby="reference">
                <h2 id="reference">{format!("{}の公表値（参考）", reference.year.wareki())}</h2>
                <ReferenceTable reference=reference.clone() />
                <ReferenceMethod reference />
            </section>
        }
    });
    view! {
        <h1>"指標の定義と計画のKPI"</h1>
        <p class="page-lead">
            "「DXに取り組んでいる市町村の割合」をどう数えるか、年度ごとにいくつかを示します。公式の定義は一つだけで、ほかは「別の定義による参考値」です。値を選ぶと、どう計算したかが分かります。"
        </p>
        <p>
            "指標のもとになる回答は、" <a href="/results">"設問ごとの結果"</a> "で、計画の取組の状況は、"
            <a href="/roadmap">"プランの工程表"</a> "で見られます。"
        </p>
        <nav class="page-contents" aria-label="このページの内容">
            <ul>
                <li><a href="#by-year">"年度別の結果"</a></li>
                {reference.is_some().then(|| view! { <li><a href="#reference">"参考年度の公表値"</a></li> })}
                <li><a href="#definitions">"定義"</a></li>
                <li><a href="#ledger">"計画のKPI"</a></li>
            </ul>
        </nav>
        <ByYear definitions=definitions.clone() years reference />
        {reference_section}
        <Definitions definitions=definitions.clone() />
        <Ledger ledger definitions may_edit />
    }
    .into_any()
}
