//! The input itself, by kind of question.

use leptos::prelude::*;
use shared::questionnaire::{Choice, Question, QuestionKind};
use shared::response::answer::{ACKNOWLEDGED, RawAnswer};

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

/// Ids of what describes a question's input: its hint, its error and its warning, whether or not there is one yet.
pub fn described_by(question: &Question) -> String {
    let name = &question.name;
    let hint = hint(question).map(|_| format!("h-{name} "));
    let warning = question.soft_message.as_ref().map(|_| format!(" s-{name}"));
    format!("{}e-{name}{}", hint.unwrap_or_default(), warning.unwrap_or_default())
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
    let QuestionField { question, raw, required, error, withheld, .. } = field;
    let described_by = described_by(&question);
    let name = question.name.0;
    let offered = Offered { withheld, raw: raw.clone() };
    let (id, invalid) = (format!("f-{name}"), error.is_some());
    let unknown = question.may_be_unknown.then(|| view! { <UnknownBox name=name.clone() checked=raw.unknown /> });
    let control = match question.kind {
        QuestionKind::SelectOne { choices } => view! { <Radios name choices offered /> }.into_any(),
        QuestionKind::SelectMultiple { choices } => view! { <Checkboxes name choices offered /> }.into_any(),
        QuestionKind::Rank { choices } => view! { <Places name choices offered described_by /> }.into_any(),
        QuestionKind::Acknowledge => {
            let checked = !raw.values.is_empty();
            view! {
                <label class="choice">
                    <input type="checkbox" id=id name=name value=ACKNOWLEDGED checked=checked aria-describedby=described_by />
                    <span>"確認しました"</span>
                </label>
            }
            .into_any()
        }
        QuestionKind::Text { multiline: true, .. } => {
            let text = first_value(raw);
            view! { <TextArea id name text rows=4 described_by required invalid /> }.into_any()
        }
        kind @ (QuestionKind::Text { .. } | QuestionKind::Integer | QuestionKind::Decimal | QuestionKind::Date) => {
            let (class, inputmode) = match kind {
                QuestionKind::Integer => ("text-field text-field--number", "numeric"),
                QuestionKind::Decimal => ("text-field text-field--number", "decimal"),
                QuestionKind::Date => ("text-field text-field--date", "numeric"),
                _ => ("text-field text-field--line", "text"),
            };
            view! {
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
            }
            .into_any()
        }
        QuestionKind::Calculate | QuestionKind::Hidden | QuestionKind::Note => ().into_any(),
    };
    view! { <div class="question-input">{control} {unknown}</div> }
}

/// What was chosen, and which choices are withheld.
struct Offered {
    withheld: Vec<String>,
    raw: RawAnswer,
}

impl Offered {
    fn is_chosen(&self, choice: &Choice) -> bool {
        self.raw.values.contains(&choice.name)
    }

    /// Out of sight; never what was chosen.
    fn is_hidden(&self, choice: &Choice) -> bool {
        self.withheld.contains(&choice.name) && !self.is_chosen(choice)
    }
}

#[component]
fn Radios(name: String, choices: Vec<Choice>, offered: Offered) -> impl IntoView {
    let buttons = choices
        .into_iter()
        .map(|choice| {
            let (id, checked) = (choice_id(&name, &choice), offered.is_chosen(&choice));
            let hidden = offered.is_hidden(&choice);
            view! {
                <label class="choice" hidden=hidden>
                    <input type="radio" id=id name=name.clone() value=choice.name checked=checked />
                    <span>{choice.label}</span>
                </label>
            }
        })
        .collect_view();
    let answered = !offered.raw.values.is_empty();
    view! { {buttons} <TakeBack name answered words="選択を取り消す" labelled_by=None /> }.into_any()
}

/// A radio button cannot be unchecked: once there is an answer, a last one takes it back. The island brings it up and
/// leaves it there, so that the focus is not lost with it.
#[component]
pub fn TakeBack(
    /// The question.
    name: String,
    /// There is an answer.
    answered: bool,
    /// What it says.
    words: &'static str,
    /// Id of what names the question, where no legend does.
    labelled_by: Option<String>,
) -> impl IntoView {
    let word = format!("c-{name}");
    let labelled_by = labelled_by.map(|question| format!("{question} {word}"));
    view! {
        <label class="choice choice--clear" data-clear="" hidden=!answered>
            <input type="radio" id=format!("f-{name}-") name=name value="" aria-labelledby=labelled_by />
            <span id=word>{words}</span>
        </label>
    }
    .into_any()
}

#[component]
fn Checkboxes(name: String, choices: Vec<Choice>, offered: Offered) -> impl IntoView {
    choices
        .into_iter()
        .map(|choice| {
            let (id, checked) = (choice_id(&name, &choice), offered.is_chosen(&choice));
            let hidden = offered.is_hidden(&choice);
            view! {
                <label class="choice" hidden=hidden>
                    <input type="checkbox" id=id name=name.clone() value=choice.name checked=checked />
                    <span>{choice.label}</span>
                </label>
            }
        })
        .collect_view()
}

/// One list a place: the first choice, the second, and so on. All have the question's name, so their order is sent.
#[component]
fn Places(name: String, choices: Vec<Choice>, offered: Offered, described_by: String) -> impl IntoView {
    let count = choices.len();
    (0..count)
        .map(|place| {
            let id = format!("f-{name}-{}", choices[place].name);
            let picked = offered.raw.values.get(place).cloned().unwrap_or_default();
            let options = choices
                .iter()
                .map(|choice| {
                    let (selected, hidden) = (choice.name == picked, offered.is_hidden(choice));
                    view! {
                        <option value=choice.name.clone() selected=selected hidden=hidden>{choice.label.clone()}</option>
                    }
                })
                .collect_view();
            view! {
                <p class="question-place">
                    <label for=id.clone()>{place + 1} "位"</label>
                    <select class="select-field" id=id name=name.clone() aria-describedby=described_by.clone()>
                        <option value="">"（選択してください）"</option>
                        {options}
                    </select>
                </p>
            }
        })
        .collect_view()
        .into_any()
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
