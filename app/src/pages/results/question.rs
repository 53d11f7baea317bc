//! `/results/{year}/{concept}`: one question: finding, pictures, tables, answers, definition, lineage.

use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;

use super::narrowing::{Narrowing, NarrowingForm, ProvisionalNote, YearLink, Years};
use super::values::{Values, ValuesSection};
use crate::components::exhibit::ExhibitSection;
use crate::components::link::Link;
use crate::components::phrases::Phrases;
use crate::exhibit::Exhibit;

/// One question of one year.
#[derive(Debug, Clone, PartialEq)]
pub struct QuestionResults {
    /// The year.
    pub year: FiscalYear,
    /// It is 速報.
    pub provisional: bool,
    /// All years, newest first.
    pub years: Vec<YearLink>,
    /// 「産業・しごと　商工業・サービス業」
    pub context: String,
    /// Number as printed.
    pub number: String,
    /// Its text.
    pub label: String,
    /// The result in a sentence, in phrases; `Err` says why there is none.
    pub finding: Result<Vec<String>, String>,
    /// Who is counted, and who is missing.
    pub subtitle: String,
    /// The filter.
    pub narrowing: Narrowing,
    /// What can be shown, in order.
    pub exhibits: Vec<Exhibit>,
    /// What cannot be shown: what it is, and why.
    pub refused: Vec<(String, String)>,
    /// Answers by municipality; `Err` says who may see them.
    pub values: Result<Values, String>,
    /// The help that stands at the question.
    pub hint: Option<String>,
    /// Its definition.
    pub definition: Option<String>,
    /// Facts: what is counted, unit, visibility, concept.
    pub facts: Vec<(String, String)>,
    /// Its history, one sentence each.
    pub lineage: Vec<String>,
    /// The questions before and after in the questionnaire.
    pub neighbours: [Option<Link>; 2],
    /// The same as JSON.
    pub api: String,
    /// 探索的な分析 of it, for whom that is open to.
    pub explore: Option<String>,
}

/// The page.
#[component]
pub fn QuestionResultsPage(
    /// What it shows.
    model: QuestionResults,
) -> impl IntoView {
    let QuestionResults {
        year,
        provisional,
        years,
        context,
        number,
        label,
        finding,
        subtitle,
        narrowing,
        exhibits,
        refused,
        values,
        hint,
        definition,
        facts,
        lineage,
        neighbours,
        api,
        explore,
    } = model;
    let index = format!("/results/{}", year.year());
    let (heading, refusal) = match finding {
        Ok(phrases) => (phrases, None),
        Err(refusal) => (vec![label.clone()], Some(refusal)),
    };
    // Where there is no finding, the text is the heading already.
    let asked = if refusal.is_none() { label } else { String::new() };
    let question = [number, asked].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("　");
    let exhibits = exhibits.into_iter().map(|exhibit| view! { <ExhibitSection exhibit /> }).collect_view();
    let values = match values {
        Ok(values) => view! { <ValuesSection model=values /> }.into_any(),
        Err(words) => view! { <p class="section">{words}</p> }.into_any(),
    };
    view! {
        <p class="page-context"><a href=index>{format!("{} 設問ごとの結果", year.wareki())}</a> "　" {context}</p>
        <p class="question-asked">{question}</p>
        <h1><Phrases phrases=heading /></h1>
        {provisional.then(|| view! { <ProvisionalNote year /> })}
        {refusal.map(|refusal| view! { <p class="page-message">{refusal}</p> })}
        <p class="page-lead">{subtitle}</p>
        <Years years />
        <NarrowingForm model=narrowing />
        {exhibits}
        <Refused refused />
        {values}
        {explore.map(|href| view! { <p class="screen-only"><a href=href>"この設問の探索的な分析（検定など）"</a></p> })}
        <About hint definition facts lineage api />
        <Neighbours neighbours />
    }
    .into_any()
}

/// What cannot be shown to this reader, under this filter.
#[component]
fn Refused(refused: Vec<(String, String)>) -> impl IntoView {
    let shown = !refused.is_empty();
    let items = refused.into_iter().map(|(what, why)| view! { <dt>{what}</dt> <dd>{why}</dd> }).collect_view();
    shown
        .then(|| {
            view! {
                <section class="section" aria-labelledby="refused">
                    <h2 id="refused">"表示できない集計"</h2>
                    <dl class="facts">{items}</dl>
                </section>
            }
        })
        .into_any()
}

/// Definition, visibility and history of the question.
#[component]
fn About(
    hint: Option<String>,
    definition: Option<String>,
    facts: Vec<(String, String)>,
    lineage: Vec<String>,
    api: String,
) -> impl IntoView {
    let facts = facts.into_iter().map(|(name, words)| view! { <dt>{name}</dt> <dd>{words}</dd> }).collect_view();
    let lineage = lineage.into_iter().map(|sentence| view! { <li>{sentence}</li> }).collect_view();
    view! {
        <section class="section" aria-labelledby="about">
            <h2 id="about">"この設問について"</h2>
            {hint.map(|hint| view! { <p>{hint}</p> })}
            {definition.map(|definition| view! { <p>{definition}</p> })}
            <dl class="facts">{facts}</dl>
            <h3>"これまでの経過"</h3>
            <ul>{lineage}</ul>
            <p class="source"><a href=api>"この結果のJSON"</a></p>
        </section>
    }
    .into_any()
}

#[component]
fn Neighbours(neighbours: [Option<Link>; 2]) -> impl IntoView {
    let [before, after] = neighbours;
    let link = |link: Option<Link>, rel: &'static str, words: &'static str| {
        link.map(|Link { label, href }| view! { <li><a href=href rel=rel>{format!("{words}：{label}")}</a></li> })
    };
    view! {
        <nav class="neighbours screen-only" aria-label="前後の設問">
            <ul>{link(before, "prev", "前の設問")} {link(after, "next", "次の設問")}</ul>
        </nav>
    }
    .into_any()
}
