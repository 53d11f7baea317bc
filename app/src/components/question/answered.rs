//! All answers of a response, to be read.

use leptos::either::Either;
use leptos::prelude::*;

use super::field::QuestionText;
use super::model::{Answered, AnsweredGroup, AnsweredSection};
use super::words::in_words_or_blank;

/// Every section's answers in words, with what is wrong and the way to change it.
#[component]
pub fn AnsweredSections(
    /// The sections.
    sections: Vec<AnsweredSection>,
) -> impl IntoView {
    sections
        .into_iter()
        .map(|section| {
            view! {
                <section class="section answered-section">
                    <h2>{section.title}</h2>
                    {section.groups.into_iter().map(|group| view! { <Group group /> }).collect_view()}
                </section>
            }
        })
        .collect_view()
}

#[component]
fn Group(group: AnsweredGroup) -> impl IntoView {
    view! {
        {group.title.map(|title| view! { <h3>{title}</h3> })}
        <dl class="answered">{group.questions.into_iter().map(|answered| view! { <Row answered /> }).collect_view()}</dl>
    }
    .into_any()
}

#[component]
fn Row(answered: Answered) -> impl IntoView {
    let Answered { question, relevant, answer, problem, change_href } = answered;
    let words = in_words_or_blank(&question, relevant, answer.as_ref());
    let given = relevant && answer.is_some();
    let (name, number) = (question.name.0.clone(), question.number.clone());
    let change = change_href.filter(|_| relevant).map(|href| {
        view! {
            <dd class="answered-change">
                <a href=href>"変更" <span class="visually-hidden">"：" {number}</span></a>
            </dd>
        }
    });
    view! {
        <div class="answered-row" id=format!("a-{name}")>
            <dt><QuestionText question /></dt>
            <dd class="answered-words" class:answered-words--none=!given>
                {words}
                {problem.map(|problem| view! { <span class="question-error">{format!("＊{problem}")}</span> })}
            </dd>
            {change}
        </div>
    }
    .into_any()
}

/// Whatever prevents submission, with the way to it; a sentence when nothing does.
#[component]
pub fn Problems(
    /// The sections.
    sections: Vec<AnsweredSection>,
) -> impl IntoView {
    let items: Vec<_> = sections
        .into_iter()
        .flat_map(|section| section.groups)
        .flat_map(|group| group.questions)
        .filter_map(|answered| Some((answered.problem?, answered.change_href, answered.question)))
        .collect();
    if items.is_empty() {
        return Either::Left(view! { <p class="problems-none">"必須の設問はすべて回答されています。"</p> });
    }
    let count = items.len();
    let list = items
        .into_iter()
        .map(|(problem, href, question)| {
            let href = href.unwrap_or_else(|| format!("#a-{}", question.name));
            view! { <li><a href=href><QuestionText question /></a> "：" {problem}</li> }
        })
        .collect_view();
    Either::Right(view! {
        <section class="problems" id="problems" aria-labelledby="problems-heading">
            <h2 id="problems-heading">{format!("提出する前に直すところが {count} 件あります")}</h2>
            <ol>{list}</ol>
        </section>
    })
}
