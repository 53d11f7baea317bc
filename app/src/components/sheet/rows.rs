//! Every answer in words, one row a question.

use leptos::prelude::*;

use super::model::{LastYearWords, SheetQuestion, SheetSection};
use crate::components::question::in_words_or_blank;

/// Every section's answers in words, with what is wrong and the way to change it.
#[component]
pub fn SheetRows(
    /// The sections.
    sheet: Vec<SheetSection>,
) -> impl IntoView {
    sheet_rows(sheet, |_| None)
}

/// The same, with whatever else the page puts below each answer.
pub fn sheet_rows(sheet: Vec<SheetSection>, below: impl Fn(&SheetQuestion) -> Option<AnyView>) -> AnyView {
    let section = |section: SheetSection| {
        let groups = section.groups.into_iter().map(|group| {
            let rows = group.questions.into_iter().map(|question| {
                let below = below(&question);
                answer_row(question, below)
            });
            let rows = rows.collect_view();
            view! { {group.title.map(|title| view! { <h3>{title}</h3> })} <dl class="answered">{rows}</dl> }
        });
        view! {
            <section class="section answered-section">
                <h2>{section.title}</h2>
                {groups.collect_view()}
            </section>
        }
    };
    sheet.into_iter().map(section).collect_view().into_any()
}

/// One question with its answer, and whatever else the page puts below it.
fn answer_row(asked: SheetQuestion, below: Option<AnyView>) -> AnyView {
    let SheetQuestion { question, relevant, answer, last_year, problem, warning, returned, change_href, .. } = asked;
    let words = in_words_or_blank(&question, relevant, answer.as_ref());
    let given = relevant && answer.is_some();
    let (name, number) = (question.name.0, question.number);
    let about = number.clone();
    let change = change_href.filter(|_| relevant).map(|href| {
        view! {
            <dd class="answered-change">
                <a href=href>"変更" <span class="visually-hidden">"：" {about}</span></a>
            </dd>
        }
    });
    let number = (!number.is_empty()).then(|| view! { <span class="question-number">{number}</span> " " });
    let last_year = last_year.filter(|_| relevant).map(last_year_line);
    let returned = returned.map(|reason| view! { <span class="answered-returned">"差戻しの理由：" {reason}</span> });
    let problem = problem.map(|problem| view! { <span class="question-error">{format!("＊{problem}")}</span> });
    let warning = warning.map(|warning| view! { <span class="answered-warning">"確認：" {warning}</span> });
    view! {
        <div class="answered-row" id=format!("a-{name}")>
            <dt>{number} {question.label}</dt>
            <dd class="answered-words" class:answered-words--none=!given>
                {words} {returned} {problem} {warning} {last_year}
            </dd>
            {change}
            {below.map(|below| view! { <dd class="answered-below">{below}</dd> })}
        </div>
    }
    .into_any()
}

fn last_year_line(last_year: LastYearWords) -> AnyView {
    let LastYearWords { year, words, changed } = last_year;
    let changed = changed.then_some("（設問が変わったため、比べられません）");
    view! { <span class="answered-last-year">{year} "：" {words} {changed}</span> }.into_any()
}
