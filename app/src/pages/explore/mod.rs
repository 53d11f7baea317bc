//! `/results/{year}/explore`: 探索的な分析, apart from the published results.
//!
//! - [`form`]: what to compare and what to suppose of chance
//! - `findings`: one section a hypothesis: effect, test, reading

mod findings;
pub mod form;

use leptos::prelude::*;
use shared::exploration::{Exploration, Problem};
use shared::fiscal_year::FiscalYear;

use self::findings::Findings;
use self::form::{ExploreForm, FormModel};
use crate::components::link::Link;
use crate::components::question::ErrorSummary;

/// What `/results/{year}/explore` shows.
#[derive(Debug, Clone)]
pub struct Explore {
    /// The year that is explored.
    pub year: FiscalYear,
    /// Not published yet: 速報.
    pub provisional: bool,
    /// What to choose from, and what was chosen.
    pub form: FormModel,
    /// What is missing or refused.
    pub problems: Vec<Problem>,
    /// The findings; `None` before everything is chosen.
    pub exploration: Option<Exploration>,
    /// Survey, revision and hash.
    pub source: String,
    /// What is compared, each with the page that says how its figures were computed, down to the answers.
    pub computations: Vec<Link>,
}

/// Choosing a comparison and a chance model, and what comes of it.
#[component]
pub fn ExplorePage(
    /// What it shows.
    model: Explore,
) -> impl IntoView {
    let Explore { year, provisional, form, problems, exploration, source, computations } = model;
    let errors = problems
        .into_iter()
        .map(|problem| (format!("#explore-{}", problem.field), form::words(problem.field).to_owned(), problem.message))
        .collect();
    view! {
        <h1>{format!("{}の結果の探索的な分析", year.wareki())}{provisional.then_some("（速報）")}</h1>
        <p class="page-lead">
            "公表する結果とは別の、手がかりを探すための画面です。調査は全市町村に尋ねる全数調査なので、何が偶然かは前提によります。前提を選んでから計算します。"
        </p>
        <ErrorSummary errors />
        {exploration.map(|exploration| view! { <Findings exploration source computations /> })}
        <ExploreForm year form />
    }
    .into_any()
}
