//! What is asked differently from the round before, in words.

use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;

/// What is asked differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differences {
    /// The round before.
    pub year: FiscalYear,
    /// Questions that continue none.
    pub added: Vec<QuestionWords>,
    /// Questions that nothing continues.
    pub dropped: Vec<QuestionWords>,
    /// Questions that are asked differently.
    pub changed: Vec<ChangedItem>,
    /// What differs around the questions, one sentence each.
    pub form: Vec<String>,
    /// How many are asked as before.
    pub unchanged: usize,
    /// What else deserves a look, one sentence each.
    pub remarks: Vec<String>,
}

/// A question in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionWords {
    /// Its number and text.
    pub words: String,
    /// Where it is seen as it is asked; `None` of a questionnaire that no round asks yet.
    pub href: Option<String>,
}

/// A question that is asked differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedItem {
    /// The question as it is asked now.
    pub question: QuestionWords,
    /// Those of the round before that it continues.
    pub earlier: Vec<QuestionWords>,
    /// What differs, one sentence each.
    pub differences: Vec<String>,
}

/// The question, with its link where there is one.
pub(super) fn linked(question: QuestionWords) -> AnyView {
    let QuestionWords { words, href } = question;
    match href {
        Some(href) => view! { <a href=href>{words}</a> }.into_any(),
        None => words.into_any(),
    }
}

/// All differences.
#[component]
pub fn DifferencesList(
    /// The differences.
    differences: Differences,
) -> impl IntoView {
    let Differences { year, added, dropped, changed, form, unchanged, remarks } = differences;
    let counts =
        format!("追加 {}問、廃止 {}問、変更 {}問、変更なし {unchanged}問。", added.len(), dropped.len(), changed.len());
    let remarks = (!remarks.is_empty()).then(|| {
        let items = remarks.into_iter().map(|remark| view! { <li>{remark}</li> }).collect_view();
        view! { <div class="notice"><p>"確認してください。"</p><ul>{items}</ul></div> }
    });
    let item = |item: ChangedItem| {
        let ChangedItem { question, earlier, differences } = item;
        let sentences = differences.into_iter().map(|words| view! { <li>{words}</li> }).collect_view();
        let earlier = earlier.into_iter().map(|question| view! { " " {linked(question)} }).collect_view();
        view! {
            <li>
                {linked(question)}
                <ul>{sentences}</ul>
                <p class="question-source">"前の設問：" {earlier}</p>
            </li>
        }
    };
    let changed = (!changed.is_empty()).then(|| {
        view! { <h3>"変更"</h3> <ul>{changed.into_iter().map(item).collect_view()}</ul> }
    });
    let form = (!form.is_empty()).then(|| {
        let items = form.into_iter().map(|words| view! { <li>{words}</li> }).collect_view();
        view! { <h3>"設問のほかの変更"</h3> <ul>{items}</ul> }
    });
    view! {
        <section class="section" id="differences">
            <h2>{year.wareki()} "の調査票との違い"</h2>
            <p>{counts}</p>
            {remarks}
            {questions("追加", added)}
            {questions("廃止", dropped)}
            {changed}
            {form}
        </section>
    }
    .into_any()
}

/// A heading and its questions; nothing where there is none.
fn questions(heading: &'static str, questions: Vec<QuestionWords>) -> AnyView {
    let list = (!questions.is_empty()).then(|| {
        let items = questions.into_iter().map(|question| view! { <li>{linked(question)}</li> }).collect_view();
        view! { <h3>{heading}</h3> <ul>{items}</ul> }
    });
    list.into_any()
}
