//! One question with its input, or with its answer where nothing can be changed.

use leptos::either::{Either, EitherOf3};
use leptos::prelude::*;
use shared::questionnaire::{Question, QuestionKind};
use shared::response::AnswerValue;
use shared::visibility::QuestionVisibility;

use super::input::{QuestionInput, described_by, hint};
use super::model::{Conflict, QuestionField};
use super::words::{in_words, in_words_or_blank};

/// One question of a list.
#[component]
pub fn QuestionFieldView(
    /// The question.
    field: QuestionField,
    /// Show the answer as text.
    read_only: bool,
) -> impl IntoView {
    let name = field.question.name.0.clone();
    let hidden = !field.relevant;
    let (is_note, is_select) = match field.question.kind {
        QuestionKind::Note => (true, false),
        QuestionKind::SelectOne { .. } | QuestionKind::SelectMultiple { .. } => (false, true),
        _ => (false, false),
    };
    let body = if is_note {
        let hint = field.question.hint.clone();
        EitherOf3::A(view! {
            <p class="question-note">{field.question.label}</p>
            {hint.map(|hint| view! { <p class="question-hint">{hint}</p> })}
        })
    } else if read_only || !is_select {
        let heading = if read_only {
            Either::Left(view! { <p class="question-label"><QuestionText question=field.question.clone() /></p> })
        } else {
            let control = format!("f-{name}");
            Either::Right(view! {
                <p class="question-label">
                    <label for=control><QuestionText question=field.question.clone() /></label>
                    <RequiredMark required=field.required />
                </p>
            })
        };
        EitherOf3::B(view! { {heading} <QuestionBody field read_only /> })
    } else {
        let described_by = described_by(&field.question);
        EitherOf3::C(view! {
            <fieldset aria-describedby=described_by>
                <legend class="question-label">
                    <QuestionText question=field.question.clone() />
                    <RequiredMark required=field.required />
                </legend>
                <QuestionBody field read_only />
            </fieldset>
        })
    };
    view! { <div class="question" id=format!("q-{name}") data-question=name hidden=hidden>{body}</div> }
}

#[component]
fn QuestionBody(field: QuestionField, read_only: bool) -> impl IntoView {
    let question = field.question.clone();
    let name = question.name.0.clone();
    let limit = match question.kind {
        QuestionKind::Text { max_length, .. } if !read_only => Some(
            view! { <p class="question-limit" data-limit=max_length.to_string()>{format!("{max_length}文字以内")}</p> },
        ),
        _ => None,
    };
    let saved = saved_words(&field);
    let conflict = field.conflict.clone().map(|conflict| conflict_notice(&question, conflict));
    let (error, revision) = (field.error.clone(), field.revision);
    let input = if read_only {
        Either::Left(view! { <p class="question-answer">{answer_words(&field)}</p> })
    } else {
        Either::Right(view! {
            <QuestionInput field />
            {limit}
            <FieldError id=format!("e-{name}") error />
            {conflict}
            <input type="hidden" name=format!("{name}.revision") value=revision.to_string() />
        })
    };
    view! {
        <p class="question-saved" data-saved="">{saved}</p>
        {hint(&question).map(|hint| view! { <p class="question-hint" id=format!("h-{name}")>{hint}</p> })}
        {question.definition.map(|definition| view! { <Definition definition /> })}
        {input}
        <VisibilityWords visibility=question.visibility />
    }
    .into_any()
}

/// Number and text of a question.
#[component]
pub fn QuestionText(
    /// The question.
    question: Question,
) -> impl IntoView {
    let number =
        (!question.number.is_empty()).then(|| view! { <span class="question-number">{question.number}</span> " " });
    view! { {number} {question.label} }
}

/// 「※必須」 or 「※任意」.
#[component]
pub fn RequiredMark(
    /// Which.
    required: bool,
) -> impl IntoView {
    let (class, word) = if required { ("mark mark--required", "※必須") } else { ("mark", "※任意") };
    view! { " " <span class=class data-mark="">{word}</span> }
}

/// The definition, folded on screen and printed open.
#[component]
pub fn Definition(
    /// Its text.
    definition: String,
) -> impl IntoView {
    view! {
        <details class="question-definition">
            <summary>"用語の定義・回答の考え方"</summary>
            <p>{definition}</p>
        </details>
    }
    .into_any()
}

/// What is wrong, below the field; there but hidden while nothing is.
#[component]
pub fn FieldError(
    /// Id that the field's `aria-describedby` names.
    id: String,
    /// What is wrong.
    error: Option<String>,
) -> impl IntoView {
    let hidden = error.is_none();
    let text = error.map(|error| format!("＊{error}"));
    view! { <p class="question-error" id=id data-error="" hidden=hidden>{text}</p> }
}

/// Who will see the results.
#[component]
pub fn VisibilityWords(
    /// Who may see what.
    visibility: QuestionVisibility,
) -> impl IntoView {
    let QuestionVisibility { aggregate, named } = visibility;
    view! {
        <p class="question-visibility">
            "公開範囲　集計値：" {aggregate.label()} "／市町村別の値：" {named.label()}
        </p>
    }
    .into_any()
}

/// The other value, and the question which one shall stay. Nothing is chosen beforehand.
pub fn conflict_notice(question: &Question, conflict: Conflict) -> impl IntoView + use<> {
    let name = format!("{}.keep", question.name);
    let asked = format!("{}.conflict", question.name);
    let Conflict { author, at, value } = conflict;
    let other = value.map_or_else(|| "（空欄）".to_owned(), |value| in_words(question, &value));
    view! {
        <fieldset class="question-conflict">
            <legend>"ほかの人が別の値を保存しています。どちらを残しますか。"</legend>
            <input type="hidden" name=asked value="1" />
            <p>{author.clone()} "さんが" {at.date_time()} "に保存した値：" <strong>{other}</strong></p>
            <label class="choice">
                <input type="radio" name=name.clone() value="theirs" required=true />
                <span>{author} "さんの値を残す"</span>
            </label>
            <label class="choice">
                <input type="radio" name=name value="mine" required=true />
                <span>"この画面の回答に置き換える"</span>
            </label>
        </fieldset>
    }
}

/// 「保存済み 16:42」, empty without a stored answer.
pub fn saved_words(field: &QuestionField) -> Option<String> {
    field.saved_at.map(|at| format!("保存済み {}", at.clock()))
}

/// The stored answer in words.
pub fn answer_words(field: &QuestionField) -> String {
    let QuestionField { question, raw, relevant, .. } = field;
    let answer = AnswerValue::parse(&question.kind, question.may_be_unknown, raw).ok().flatten();
    in_words_or_blank(question, *relevant, answer.as_ref())
}
