//! Questions that share their choices: one row a question, one column a choice.
//!
//! On narrow screens the style sheet shows the same cells as one block a question, each choice with its words.

use leptos::either::Either;
use leptos::prelude::*;
use shared::questionnaire::{Choice, QuestionKind};

use super::field::{
    Definition, FieldError, QuestionText, RequiredMark, VisibilityWords, answer_words, conflict_notice,
};
use super::input::choice_id;
use super::model::{QuestionField, QuestionGroup};

/// The columns of a table: the choices that every question of the group offers, `None` when they differ.
pub fn columns(group: &QuestionGroup) -> Option<Vec<Choice>> {
    let QuestionKind::SelectOne { choices } = &group.questions.first()?.question.kind else { return None };
    let same =
        |field: &QuestionField| matches!(&field.question.kind, QuestionKind::SelectOne { choices: c } if c == choices);
    group.questions.iter().all(same).then(|| choices.clone())
}

/// The questions as a table.
#[component]
pub fn QuestionTable(
    /// The questions.
    questions: Vec<QuestionField>,
    /// The choices that they share.
    columns: Vec<Choice>,
    /// Show the answers as text.
    read_only: bool,
    /// Words for what the rows are, e.g. the area.
    caption: String,
) -> impl IntoView {
    let visibility = questions.first().map(|field| field.question.visibility);
    let common = visibility.filter(|v| questions.iter().all(|field| field.question.visibility == *v));
    let heads = if read_only {
        Either::Left(view! { <th scope="col">"回答"</th> })
    } else {
        let heads = columns
            .iter()
            .map(|choice| {
                let word = choice.short.clone().unwrap_or_else(|| choice.label.clone());
                view! { <th scope="col" class="question-table-choice">{word}</th> }
            })
            .collect_view();
        Either::Right(view! { {heads} <th scope="col" class="question-table-saved">"保存"</th> })
    };
    let own_visibility = common.is_none();
    let rows = questions
        .into_iter()
        .map(move |field| view! { <QuestionRow field columns=columns.clone() read_only own_visibility /> })
        .collect_view();
    view! {
        {common.map(|visibility| view! { <VisibilityWords visibility /> })}
        <table class="question-table">
            <caption class="visually-hidden">{caption}</caption>
            <thead>
                <tr>
                    <th scope="col">"取組"</th>
                    {heads}
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

#[component]
fn QuestionRow(field: QuestionField, columns: Vec<Choice>, read_only: bool, own_visibility: bool) -> impl IntoView {
    let words = answer_words(&field);
    let QuestionField { question, raw, relevant, required, error, revision, saved_at, conflict } = field;
    let name = question.name.0.clone();
    let head = view! {
        <span id=format!("t-{name}")><QuestionText question=question.clone() /></span>
        {(!read_only).then(|| view! { <RequiredMark required /> })}
        {question.hint.clone().map(|hint| view! { <p class="question-hint" id=format!("h-{name}")>{hint}</p> })}
        {question.definition.clone().map(|definition| view! { <Definition definition /> })}
        {own_visibility.then(|| view! { <VisibilityWords visibility=question.visibility /> })}
    };
    let cells = if read_only {
        Either::Left(view! { <th scope="row">{head}</th> <td class="question-answer">{words}</td> })
    } else {
        let cells = columns
            .into_iter()
            .map(|choice| {
                let (id, checked) = (choice_id(&name, &choice), raw.values.contains(&choice.name));
                let word = format!("w-{name}-{}", choice.name);
                view! {
                    <td class="question-table-choice">
                        <label>
                            <input
                                type="radio"
                                id=id
                                name=name.clone()
                                value=choice.name
                                checked=checked
                                aria-labelledby=format!("t-{name} {word}")
                                aria-describedby=format!("e-{name}")
                            />
                            <span id=word class="question-table-word">{choice.label}</span>
                        </label>
                    </td>
                }
            })
            .collect_view();
        Either::Right(view! {
            <th scope="row">
                {head}
                <FieldError id=format!("e-{name}") error />
                {conflict.map(|conflict| conflict_notice(&question, conflict))}
                <input type="hidden" name=format!("{name}.revision") value=revision.to_string() />
            </th>
            {cells}
            <td class="question-table-saved" data-saved="">{saved_at.map(|at| format!("保存済み {}", at.clock()))}</td>
        })
    };
    view! { <tr id=format!("q-{name}") data-question=name hidden=!relevant>{cells}</tr> }
}
