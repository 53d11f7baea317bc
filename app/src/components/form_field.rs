//! One line of a form: label, hint, input, error.

use leptos::prelude::*;
use shared::wire::FieldProblem;

/// What an input is for; it decides its type and what the browser may fill in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InputKind {
    /// Any line.
    Line,
    /// A line that a browser must not fill in or spell.
    Code,
    /// An e-mail address.
    Email,
    /// The password that holds.
    Password,
    /// A password to be set.
    NewPassword,
    /// A code that is good for one time.
    OneTimeCode,
}

impl InputKind {
    fn attributes(self) -> (&'static str, &'static str) {
        match self {
            Self::Line | Self::Code => ("text", "off"),
            // Not `email`: browsers refuse it in words of their own, before the server can say what is wrong.
            Self::Email => ("text", "email"),
            Self::Password => ("password", "current-password"),
            Self::NewPassword => ("password", "new-password"),
            Self::OneTimeCode => ("text", "one-time-code"),
        }
    }
}

/// What a file field takes where an Excel workbook is wanted.
pub const WORKBOOKS: &str = ".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The label and the input that choose a file: `file`, with the id `f-file`.
#[component]
pub fn FileInput(
    /// What it is called.
    label: &'static str,
    /// Which files it takes.
    accept: &'static str,
    /// The id of what is wrong with the last one; `None` where nothing is.
    refused: Option<&'static str>,
) -> impl IntoView {
    view! {
        <label for="f-file">{label}</label>
        <input
            id="f-file"
            type="file"
            name="file"
            accept=accept
            required=true
            aria-invalid=refused.map(|_| "true")
            aria-describedby=refused
        />
    }
}

/// A text field with its label, its hint and what is wrong with it. Its id is `prefix` and name.
#[expect(clippy::needless_pass_by_value, reason = "a component owns what it shows")]
#[component]
pub fn FormField(
    /// Begins the id, where several forms of a page have fields of one name.
    #[prop(into, optional)]
    prefix: String,
    /// Its name in the form.
    name: &'static str,
    /// What it is called.
    label: &'static str,
    /// What it is for.
    kind: InputKind,
    /// What to type.
    #[prop(into, optional)]
    hint: String,
    /// What was typed.
    #[prop(into, optional)]
    value: String,
    /// Whether it must be filled.
    required: bool,
    /// What is wrong with the form.
    problems: Vec<FieldProblem>,
) -> impl IntoView {
    let id = format!("{prefix}{name}");
    let error = problems.iter().find(|problem| problem.field == name).map(|p| format!("＊{}", p.message));
    let invalid = error.is_some();
    let (hint_id, error_id) = (format!("h-{id}"), format!("e-{id}"));
    let described_by = if hint.is_empty() { error_id.clone() } else { format!("{hint_id} {error_id}") };
    let (input_type, autocomplete) = kind.attributes();
    let mark = if required {
        view! { <span class="mark mark--required">"※必須"</span> }
    } else {
        view! { <span class="mark">"※任意"</span> }
    };
    view! {
        <div class="form-field">
            <label for=id.clone()>{label} " " {mark}</label>
            {(!hint.is_empty()).then(|| view! { <p class="question-hint" id=hint_id>{hint}</p> })}
            <input
                class="text-field text-field--line"
                type=input_type
                id=id
                name=name
                value=value
                autocomplete=autocomplete
                autocapitalize="none"
                spellcheck="false"
                aria-describedby=described_by
                aria-required=required.then_some("true")
                aria-invalid=invalid.then_some("true")
            />
            <p class="question-error" id=error_id hidden=!invalid>{error}</p>
        </div>
    }
    .into_any()
}

/// The problems as [`ErrorSummary`](super::question::ErrorSummary) lists them. `words`: name and label of each field.
pub fn summary(problems: &[FieldProblem], prefix: &str, words: &[(&str, &str)]) -> Vec<(String, String, String)> {
    let entry = |problem: &FieldProblem| {
        let known = words.iter().find(|(name, _)| *name == problem.field);
        let href = known.map_or_else(String::new, |(name, _)| format!("#{prefix}{name}"));
        (href, known.map_or("", |(_, label)| label).to_owned(), problem.message.clone())
    };
    problems.iter().map(entry).collect()
}
