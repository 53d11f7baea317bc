//! The input itself, by kind of question.

use leptos::either::EitherOf5;
use leptos::prelude::*;
use shared::questionnaire::{Choice, Question, QuestionKind};
use shared::response::answer::RawAnswer;

use super::model::QuestionField;
use super::textarea::TextArea;

/// Id of a question's first control, to which error links lead.
pub fn control_id(field: &QuestionField) -> String {
    let name = &field.question.name;
    match field.question.kind.choices().first() {
        Some(choice) => choice_id(name.as_str(), choice),
        None => format!("f-{name}"),
    }
}

/// Id of the radio button or checkbox of one choice.
pub fn choice_id(question: &str, choice: &Choice) -> String {
    format!("f-{question}-{}", choice.name)
}

/// Ids of what describes a question's input: its hint, and its error, whether or not there is one yet.
pub fn described_by(question: &Question) -> String {
    let name = &question.name;
    if hint(question).is_some() { format!("h-{name} e-{name}") } else { format!("e-{name}") }
}

/// The hint; for a date, how to write it too.
pub fn hint(question: &Question) -> Option<String> {
    let example = matches!(question.kind, QuestionKind::Date).then_some("例：2026-11-30");
    let parts: Vec<&str> = question.hint.as_deref().into_iter().chain(example).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// The input of a question that takes an answer.
#[component]
pub fn QuestionInput(
    /// The question and what stands in its input.
    field: QuestionField,
) -> impl IntoView {
    let QuestionField { question, raw, required, error, .. } = field;
    let described_by = described_by(&question);
    let name = question.name.0;
    let (id, invalid) = (format!("f-{name}"), error.is_some());
    let unknown = question.may_be_unknown.then(|| view! { <UnknownBox name=name.clone() checked=raw.unknown /> });
    let control = match question.kind {
        QuestionKind::SelectOne { choices } => EitherOf5::A(view! { <Radios name choices raw /> }),
        QuestionKind::SelectMultiple { choices } => EitherOf5::B(view! { <Checkboxes name choices raw /> }),
        QuestionKind::Text { multiline: true, .. } => {
            let text = first_value(raw);
            EitherOf5::C(view! { <TextArea id name text rows=4 described_by required invalid /> })
        }
        kind @ (QuestionKind::Text { .. } | QuestionKind::Integer | QuestionKind::Decimal | QuestionKind::Date) => {
            let (class, inputmode) = match kind {
                QuestionKind::Integer => ("text-field text-field--number", "numeric"),
                QuestionKind::Decimal => ("text-field text-field--number", "decimal"),
                QuestionKind::Date => ("text-field text-field--date", "numeric"),
                _ => ("text-field text-field--line", "text"),
            };
            EitherOf5::D(view! {
                <span class="question-entry">
                    <input
                        class=class
                        type="text"
                        id=id
                        name=name
                        value=first_value(raw)
                        inputmode=inputmode
                        autocomplete="off"
                        aria-describedby=described_by
                        aria-required=required.then_some("true")
                        aria-invalid=invalid.then_some("true")
                    />
                    {question.unit.map(|unit| view! { <span class="question-unit">{unit}</span> })}
                </span>
            })
        }
        QuestionKind::Note => EitherOf5::E(()),
    };
    view! { <div class="question-input">{control} {unknown}</div> }
}

#[component]
fn Radios(name: String, choices: Vec<Choice>, raw: RawAnswer) -> impl IntoView {
    let buttons = choices
        .into_iter()
        .map(|choice| {
            let (id, checked) = (choice_id(&name, &choice), raw.values.contains(&choice.name));
            view! {
                <label class="choice">
                    <input type="radio" id=id name=name.clone() value=choice.name checked=checked />
                    <span>{choice.label}</span>
                </label>
            }
        })
        .collect_view();
    // A radio button cannot be unchecked: once there is an answer, a last one takes it back.
    view! {
        {buttons}
        <label class="choice choice--clear" data-clear="" hidden=raw.values.is_empty()>
            <input type="radio" id=format!("f-{name}-") name=name.clone() value="" />
            <span>"選択を取り消す"</span>
        </label>
    }
    .into_any()
}

#[component]
fn Checkboxes(name: String, choices: Vec<Choice>, raw: RawAnswer) -> impl IntoView {
    choices
        .into_iter()
        .map(|choice| {
            let (id, checked) = (choice_id(&name, &choice), raw.values.contains(&choice.name));
            view! {
                <label class="choice">
                    <input type="checkbox" id=id name=name.clone() value=choice.name checked=checked />
                    <span>{choice.label}</span>
                </label>
            }
        })
        .collect_view()
}

#[component]
fn UnknownBox(name: String, checked: bool) -> impl IntoView {
    view! {
        <label class="choice">
            <input type="checkbox" id=format!("f-{name}-unknown") name=format!("{name}.unknown") value="1" checked=checked />
            <span>"不明"</span>
        </label>
    }
    .into_any()
}

fn first_value(raw: RawAnswer) -> String {
    raw.values.into_iter().next().unwrap_or_default()
}
