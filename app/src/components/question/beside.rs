//! What stands beside a question: why it came back, last year's answer, public figures, what others asked.

use leptos::prelude::*;
use shared::questionnaire::Question;

use super::model::{Beside, InquiryLink, LastYear, Prefill, ReferenceNote};
use crate::components::advice::{Advice, AdviceList};

/// What helps to answer, above the input.
#[component]
pub fn BesideAbove(
    /// The question.
    question: Question,
    /// What is known of it.
    beside: Beside,
    /// The question takes an answer here.
    editable: bool,
) -> impl IntoView {
    let Beside { last_year, prefill, references, locked, .. } = beside;
    let prefill = prefill.filter(|_| editable);
    view! {
        {locked.map(|reason| view! { <p class="question-locked">{reason}</p> })}
        {last_year.map(|last_year| view! { <LastYearLine question=question.clone() last_year editable /> })}
        {references.into_iter().map(|note| view! { <Reference note /> }).collect_view()}
        {prefill.map(|prefill| view! { <PrefillNote question prefill /> })}
    }
    .into_any()
}

/// Why the prefecture sent the question back; first of all.
#[component]
pub fn Returned(
    /// The reason, if it was.
    reason: Option<String>,
) -> impl IntoView {
    reason.map(|reason| {
        view! { <p class="question-returned"><strong>"県からの差戻し："</strong>{reason}</p> }
    })
}

/// What others asked, and where to ask, below the input.
#[component]
pub fn BesideBelow(
    /// The question.
    question: Question,
    /// The prefecture's answers of general interest.
    advice: Vec<Advice>,
    /// Where it is talked over with the prefecture.
    inquiries: Option<InquiryLink>,
) -> impl IntoView {
    view! {
        <AdviceList about="この設問" advice />
        {inquiries.map(|link| view! { <InquiryLine question link /> })}
    }
    .into_any()
}

#[component]
fn LastYearLine(question: Question, last_year: LastYear, editable: bool) -> impl IntoView {
    let LastYear { year, words, copy, changed } = last_year;
    let button = copy.filter(|_| editable).map(|copy| {
        // For the island: what the button puts into the input. Names of choices hold no spaces.
        let values = copy.values.join(" ");
        let unknown = copy.unknown.then_some("");
        let about = about(&question);
        view! {
            <button
                class="button button--small"
                type="submit"
                name="same"
                value=question.name.0
                formnovalidate=true
                data-values=values
                data-unknown=unknown
            >
                "前年と同じ"
                <span class="visually-hidden">{about}</span>
            </button>
        }
    });
    let changed = changed.then(|| {
        view! { <span class="question-changed">"前年と問い方が変わりました（比較不可）"</span> }
    });
    view! {
        <p class="question-last-year">
            <span>"前年（" {year} "）の回答：" <span class="question-last-year-words">{words}</span></span>
            {button}
            {changed}
        </p>
    }
    .into_any()
}

#[component]
fn Reference(note: ReferenceNote) -> impl IntoView {
    let ReferenceNote { words, source } = note;
    view! { <p class="question-reference">"参考：" {words} <span class="question-source">"（出典：" {source} "）"</span></p> }
}

#[component]
fn PrefillNote(question: Question, prefill: Prefill) -> impl IntoView {
    let name = question.name.0.clone();
    let field = format!("{name}.prefill");
    let values = prefill.raw.values.into_iter().map(|value| {
        view! { <input type="hidden" name=field.clone() value=value /> }
    });
    view! {
        <div class="question-prefill" data-prefill="">
            {values.collect_view()}
            <p>"公表資料から入力（要確認）：出典 " {prefill.source}</p>
            <button class="button button--small" type="submit" name="confirm" value=name formnovalidate=true>
                "確認した"
                <span class="visually-hidden">{about(&question)}</span>
            </button>
        </div>
    }
    .into_any()
}

/// In a tab of its own: what is typed here stays.
#[component]
fn InquiryLine(question: Question, link: InquiryLink) -> impl IntoView {
    let InquiryLink { href, open, awaited } = link;
    let words = if open == 0 { "県に質問する".to_owned() } else { format!("やりとり中 {open}件") };
    let awaited = awaited.then(|| {
        view! { <strong class="question-awaited">"県からの確認があります"</strong> " " }
    });
    view! {
        <p class="question-inquiry">
            {awaited}
            <a href=href target="_blank">
                {words}
                <span class="visually-hidden">{about(&question)} "新しいタブで開きます"</span>
            </a>
        </p>
    }
    .into_any()
}

/// Tells buttons of the same words apart for those who hear them.
fn about(question: &Question) -> String {
    let what = if question.number.is_empty() { &question.label } else { &question.number };
    format!("（{what}）")
}
