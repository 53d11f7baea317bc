//! `/results/{year}/{concept}/computation`: how the figures of one question were computed, down to each answer.

use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;

use super::values::{Values, ValuesSection};
use crate::components::exhibit::ExhibitTable;
use crate::exhibit::table::DataTable;

/// How one question's figures were computed.
#[derive(Debug, Clone, PartialEq)]
pub struct QuestionComputation {
    /// The year.
    pub year: FiscalYear,
    /// Number and text of the question.
    pub question: String,
    /// Address of its results.
    pub results: String,
    /// The steps and the counts, or in a sentence why they are not shown.
    pub counted: Result<Counted, String>,
    /// What it shows of the question, and how each follows from the answers.
    pub methods: Vec<(&'static str, &'static str)>,
    /// Survey, revision and hash.
    pub source: String,
    /// SHA-256 of the snapshot, in full; `None` before publication.
    pub sha256: Option<String>,
    /// Answers by municipality; `Err` says who may see them.
    pub values: Result<Values, String>,
}

/// The steps with the counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Counted {
    /// Each step's heading and sentences.
    pub steps: Vec<(&'static str, Vec<String>)>,
    /// Every choice and state with its count and share.
    pub table: DataTable,
}

/// How one question's figures were computed.
#[component]
pub fn QuestionComputationPage(
    /// What it shows.
    model: QuestionComputation,
) -> impl IntoView {
    let QuestionComputation { year, question, results, counted, methods, source, sha256, values } = model;
    let counted = match counted {
        Ok(counted) => view! { <Steps counted /> }.into_any(),
        Err(reason) => view! { <p class="page-message">{reason}</p> }.into_any(),
    };
    let methods = methods.into_iter().map(|(what, how)| view! { <dt>{what}</dt> <dd>{how}</dd> }).collect_view();
    let sha256 = sha256.map(|sha256| {
        view! {
            <dt>"データのハッシュ（SHA-256）"</dt>
            <dd><code class="hash">{sha256}</code></dd>
        }
    });
    let values = match values {
        Ok(values) => view! { <ValuesSection model=values /> }.into_any(),
        Err(words) => view! { <p class="section">{words}</p> }.into_any(),
    };
    view! {
        <p class="page-context">"どう計算したか"</p>
        <h1>{format!("{}の結果の計算", year.wareki())}</h1>
        <p class="page-lead">{question}</p>
        <p><a href=results>"この設問の結果"</a></p>
        {counted}
        <section class="section" aria-labelledby="methods">
            <h2 id="methods">"図と表の作り方"</h2>
            <dl class="facts">{methods}</dl>
        </section>
        <section class="section" aria-labelledby="identity">
            <h2 id="identity">"もとになるデータ"</h2>
            <dl class="facts">
                <dt>"調査と公表"</dt>
                <dd>{source}</dd>
                {sha256}
                <dt>"同じ値のファイル"</dt>
                <dd><a href="/data">"オープンデータ"</a></dd>
            </dl>
        </section>
        {values}
    }
    .into_any()
}

#[component]
fn Steps(counted: Counted) -> impl IntoView {
    let Counted { steps, table } = counted;
    let steps = steps.into_iter().map(|(title, sentences)| {
        let sentences = sentences.into_iter().map(|sentence| view! { <p>{sentence}</p> }).collect_view();
        view! { <li class="computation-step"><h3>{title}</h3> {sentences}</li> }
    });
    view! {
        <section class="section" aria-labelledby="steps">
            <h2 id="steps">"計算の段階"</h2>
            <ol class="computation-steps">{steps.collect_view()}</ol>
            <ExhibitTable id="counts" table />
        </section>
    }
    .into_any()
}
