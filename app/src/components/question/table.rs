//! Questions that share their choices: one row a question, one column a choice.
//!
//! On narrow screens the style sheet shows the same cells as one block a question, each choice with its words.

use leptos::either::Either;
use leptos::prelude::*;
use shared::questionnaire::{Choice, QuestionKind};

use super::beside::{BesideAbove, BesideBelow, Returned};
use super::field::{
    Definition, FieldError, FieldWarning, QuestionFieldView, QuestionText, RequiredMark, VisibilityWords, answer_words,
    conflict_notice,
};
use super::input::{TakeBack, choice_id};
use super::model::{Beside, QuestionField, QuestionGroup};

/// The columns of a table: the choices that every question of the group offers, `None` when they differ. Reasons stand
/// below the question that they explain, across the columns.
pub fn columns(group: &QuestionGroup) -> Option<Vec<Choice>> {
    let mut rows = group.questions.iter().filter(|field| field.question.reason_for.is_none()).peekable();
    let QuestionKind::SelectOne { choices } = &rows.peek()?.question.kind else { return None };
    let same = |field: &QuestionField| {
        matches!(&field.question.kind, QuestionKind::SelectOne { choices: c } if c == choices)
            && field.withheld.is_empty()
    };
    rows.all(same).then(|| choices.clone())
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
    let common = visibility.filter(|v| {
        let mut rows = questions.iter().filter(|field| field.question.reason_for.is_none());
        rows.all(|field| field.question.visibility == *v)
    });
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
        .map(move |field| match field.question.reason_for {
            Some(_) => view! { <ReasonRow field columns=columns.len() read_only /> }.into_any(),
            None => view! { <QuestionRow field columns=columns.clone() read_only own_visibility /> }.into_any(),
        })
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
            {rows}
        </table>
    }
    .into_any()
}

/// The reason below its question, over the whole width.
#[component]
fn ReasonRow(field: QuestionField, columns: usize, read_only: bool) -> impl IntoView {
    let span = if read_only { 2 } else { columns + 2 };
    view! {
        <tbody class="question-table-reason">
            <tr>
                <td colspan=span.to_string()><QuestionFieldView field read_only /></td>
            </tr>
        </tbody>
    }
    .into_any()
}

/// A row for the question and one, over the whole width, for what stands beside it.
#[component]
fn QuestionRow(field: QuestionField, columns: Vec<Choice>, read_only: bool, own_visibility: bool) -> impl IntoView {
    let editable = !read_only && !field.is_fixed();
    let words = answer_words(&field);
    let span = if read_only { 2 } else { columns.len() + 2 };
    let QuestionField { question, raw, relevant, required, error, revision, saved_at, conflict, beside, .. } = field;
    let name = question.name.0.clone();
    let Beside { returned, advice, inquiries, warned, .. } = beside.clone();
    let cells = if editable {
        let describing = described_by(&question);
        let answered = !raw.values.is_empty();
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
                                aria-describedby=describing.clone()
                            />
                            <span id=word class="question-table-word">{choice.label}</span>
                        </label>
                    </td>
                }
            })
            .collect_view();
        Either::Right(view! {
            {cells}
            <td class="question-table-saved">
                <span data-saved="">{saved_at.map(|at| format!("保存済み {}", at.clock()))}</span>
                <TakeBack name=name.clone() answered words="取り消す" labelled_by=Some(format!("t-{name}")) />
            </td>
        })
    } else {
        Either::Left(view! { <td class="question-answer" colspan=(span - 1).to_string()>{words}</td> })
    };
    let below = editable.then(|| {
        view! {
            <FieldError id=format!("e-{name}") error />
            {conflict.map(|conflict| conflict_notice(&question, conflict))}
            <input type="hidden" name=format!("{name}.revision") value=revision.to_string() />
        }
    });
    view! {
        <tbody id=format!("q-{name}") data-question=name.clone() hidden=!relevant>
            <tr>
                <th scope="row">
                    <span id=format!("t-{name}")><QuestionText question=question.clone() /></span>
                    {editable.then(|| view! { <RequiredMark required /> })}
                    <Returned reason=returned />
                    {question.hint.clone().map(|hint| view! { <p class="question-hint" id=format!("h-{name}")>{hint}</p> })}
                    {question.definition.clone().map(|definition| view! { <Definition definition /> })}
                </th>
                {cells}
            </tr>
            <tr class="question-table-beside">
                <td colspan=span.to_string()>
                    {below}
                    <FieldWarning question=question.clone() warned />
                    <div class="question-table-known">
                        <BesideAbove question=question.clone() beside editable />
                        <BesideBelow question=question.clone() advice inquiries />
                    </div>
                    {own_visibility.then(|| view! { <VisibilityWords visibility=question.visibility /> })}
                </td>
            </tr>
        </tbody>
    }
    .into_any()
}

/// The row's error, and its warning if it has one.
fn described_by(question: &shared::questionnaire::Question) -> String {
    let name = &question.name;
    let warning = question.soft_message.as_ref().map(|_| format!(" s-{name}"));
    format!("e-{name}{}", warning.unwrap_or_default())
}
