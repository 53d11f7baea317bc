//! One question with its input, or with its answer where nothing can be changed.

use leptos::either::{Either, EitherOf3};
use leptos::prelude::*;
use shared::questionnaire::{Question, QuestionKind};
use shared::response::AnswerValue;
use shared::visibility::QuestionVisibility;

use super::beside::{BesideAbove, BesideBelow, Returned};
use super::input::{QuestionInput, described_by, hint};
use super::model::{Beside, Conflict, QuestionField};
use super::words::{in_words, in_words_or_blank};

/// One question of a list; nothing for what is shown nowhere.
#[component]
pub fn QuestionFieldView(
    /// The question.
    field: QuestionField,
    /// Show the answer as text.
    read_only: bool,
) -> impl IntoView {
    let (is_note, is_set) = match field.question.kind {
        QuestionKind::Calculate | QuestionKind::Hidden => return ().into_any(),
        QuestionKind::Note => (true, false),
        QuestionKind::SelectOne { .. } | QuestionKind::SelectMultiple { .. } | QuestionKind::Rank { .. } => {
            (false, true)
        }
        _ => (false, false),
    };
    let name = field.question.name.0.clone();
    let hidden = !field.relevant;
    let class = if field.question.reason_for.is_some() { "question question--reason" } else { "question" };
    let text = view! { <QuestionText question=field.question.clone() /> };
    let body = if is_note {
        let hint = field.question.hint.clone();
        EitherOf3::A(view! {
            <p class="question-note">{field.question.label}</p>
            {hint.map(|hint| view! { <p class="question-hint">{hint}</p> })}
        })
    } else if read_only || field.is_fixed() || !is_set {
        let heading = if read_only || field.is_fixed() {
            Either::Left(view! { <p class="question-label">{text}</p> })
        } else {
            let control = format!("f-{name}");
            Either::Right(view! {
                <p class="question-label">
                    <label for=control>{text}</label>
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
                    {text}
                    <RequiredMark required=field.required />
                </legend>
                <QuestionBody field read_only />
            </fieldset>
        })
    };
    view! { <div class=class id=format!("q-{name}") data-question=name hidden=hidden>{body}</div> }.into_any()
}

#[component]
fn QuestionBody(field: QuestionField, read_only: bool) -> impl IntoView {
    let question = field.question.clone();
    let name = question.name.0.clone();
    let editable = !read_only && !field.is_fixed();
    let saved = saved_words(&field);
    let Beside { returned, advice, inquiries, warned, .. } = field.beside.clone();
    let above = view! { <BesideAbove question=question.clone() beside=field.beside.clone() editable /> };
    let limit = match question.kind {
        QuestionKind::Text { max_length, .. } if editable => Some(
            view! { <p class="question-limit" data-limit=max_length.to_string()>{format!("{max_length}文字以内")}</p> },
        ),
        _ => None,
    };
    let input = if editable {
        let conflict = field.conflict.clone().map(|conflict| conflict_notice(&question, conflict));
        let (error, revision) = (field.error.clone(), field.revision);
        Either::Right(view! {
            <QuestionInput field />
            {limit}
            <FieldError id=format!("e-{name}") error />
            {conflict}
            <input type="hidden" name=format!("{name}.revision") value=revision.to_string() />
        })
    } else {
        Either::Left(view! { <AnswerText field /> })
    };
    view! {
        <p class="question-saved" data-saved="">{saved}</p>
        <Returned reason=returned />
        {hint(&question).map(|hint| view! { <p class="question-hint" id=format!("h-{name}")>{hint}</p> })}
        {question.definition.clone().map(|definition| view! { <Definition definition /> })}
        {above}
        {input}
        <FieldWarning question=question.clone() warned />
        <BesideBelow question=question.clone() advice inquiries />
        <VisibilityWords visibility=question.visibility />
    }
    .into_any()
}

/// Number and text of a question; for a reason, the word and, for those who hear it, what it is about.
#[component]
pub fn QuestionText(
    /// The question.
    question: Question,
) -> impl IntoView {
    let Question { number, label, reason_for, .. } = question;
    if reason_for.is_some() {
        return Either::Left(view! { "理由" <span class="visually-hidden">"：" {label}</span> });
    }
    let number = (!number.is_empty()).then(|| view! { <span class="question-number">{number}</span> " " });
    Either::Right(view! { {number} {label} })
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

/// The soft check's words, there but hidden while it holds: an unusual answer is no error.
#[component]
pub fn FieldWarning(
    /// The question.
    question: Question,
    /// The check fails.
    warned: bool,
) -> impl IntoView {
    let name = question.name;
    question.soft_message.map(|message| {
        view! {
            <p class="question-warning" id=format!("s-{name}") data-warning="" hidden=!warned>
                <strong>"確認してください："</strong>
                {message}
            </p>
        }
    })
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

/// The answer where it cannot be typed; what the form works out is marked for the island, without its unit.
#[component]
pub fn AnswerText(
    /// The question.
    field: QuestionField,
) -> impl IntoView {
    if !field.question.readonly {
        return Either::Left(view! { <p class="question-answer">{answer_words(&field)}</p> });
    }
    let QuestionField { question, raw, .. } = field;
    let (unit, bare) = (question.unit.clone(), Question { unit: None, ..question });
    let answer = AnswerValue::parse(&bare.kind, bare.may_be_unknown, &raw).ok().flatten();
    let words = answer.map_or_else(|| "－".to_owned(), |answer| in_words(&bare, &answer));
    Either::Right(view! { <p class="question-answer"><span data-answer="">{words}</span> {unit}</p> })
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
