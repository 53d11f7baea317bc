//! Sending questions back: a box and a reason beside each answer, words about the whole below them.

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::municipality::MunicipalityCode;
use shared::wire::FieldProblem;

use crate::components::question::{ErrorSummary, TextArea};
use crate::components::sheet::{Sheet, SheetQuestion, SheetSection, change_words, questions, sheet_rows};

/// A return as typed; empty before anything was.
///
/// The form sends `return` with each chosen question's name, `reason.{name}`, `proposed.{name}`, `note`, `scope`
/// (`questions` or `whole`) and `revision`.
#[derive(Debug, Clone, Default)]
pub struct TypedReturn {
    /// The names of the chosen questions.
    pub chosen: BTreeSet<String>,
    /// Reasons by question.
    pub reasons: BTreeMap<String, String>,
    /// The reasons that the page proposed, by question: one that stayed so is not missed when its box is cleared.
    pub proposed: BTreeMap<String, String>,
    /// Words about the response as a whole.
    pub note: String,
    /// The whole form is sent back.
    pub whole: bool,
    /// What is wrong, by field: `reason.{name}`, `note`, `scope`; empty for the response as a whole.
    pub problems: Vec<FieldProblem>,
}

impl TypedReturn {
    fn problem(&self, field: &str) -> Option<String> {
        self.problems.iter().find(|problem| problem.field == field).map(|problem| problem.message.clone())
    }
}

/// What is wrong with a refused return, first on the page.
pub fn problems(typed: &TypedReturn, sheet: &[SheetSection]) -> AnyView {
    let words = |field: &str| {
        let name = field.strip_prefix("reason.")?;
        questions(sheet).find(|question| question.question.name.as_str() == name).map(change_words)
    };
    let errors = typed
        .problems
        .iter()
        .map(|problem| match (problem.field.as_str(), words(&problem.field)) {
            (field, Some(words)) => (format!("#{field}"), words, problem.message.clone()),
            ("note", None) => ("#note".to_owned(), "全体への連絡".to_owned(), problem.message.clone()),
            ("scope", None) => ("#scope".to_owned(), "差し戻す範囲".to_owned(), problem.message.clone()),
            (_, None) => (String::new(), String::new(), problem.message.clone()),
        })
        .collect();
    view! { <ErrorSummary errors /> }.into_any()
}

/// Every answer with a box and a reason, below what `ask` says of it; `revision` is the response's that is read.
pub fn return_form(
    year: FiscalYear,
    code: MunicipalityCode,
    revision: i64,
    typed: &TypedReturn,
    sheet: Sheet,
    ask: impl Fn(&SheetQuestion) -> Option<AnyView>,
) -> AnyView {
    let below = |question: &SheetQuestion| {
        let ask = ask(question);
        question.relevant.then(|| view! { {ask} {choice(question, typed)} }.into_any())
    };
    let sections = sheet_rows(sheet, below);
    let action = format!("/desk/{}/{code}/return", year.year());
    view! {
        <form class="return-form" method="post" action=action autocomplete="off">
            {sections}
            <Whole revision typed=typed.clone() />
        </form>
    }
    .into_any()
}

/// 「この設問を差し戻す」 with its reason, folded until it is wanted.
fn choice(question: &SheetQuestion, typed: &TypedReturn) -> AnyView {
    let name = question.question.name.0.clone();
    let field = format!("reason.{name}");
    let error = typed.problem(&field);
    let chosen = typed.chosen.contains(&name);
    let reason = typed.reasons.get(&name).cloned().unwrap_or_default();
    let proposed = typed.proposed.get(&name).cloned().map(|text| {
        view! { <input type="hidden" name=format!("proposed.{name}") value=text /> }
    });
    let open = chosen || !reason.is_empty() || error.is_some();
    let (invalid, described_by) = (error.is_some(), format!("e-{field}"));
    let error = error.map(|error| format!("＊{error}"));
    let number = question.question.number.clone();
    view! {
        <details class="return-choice screen-only" open=open>
            <summary>"差し戻す" <span class="visually-hidden">"：" {number}</span></summary>
            {proposed}
            <label class="choice">
                <input type="checkbox" name="return" value=name checked=chosen />
                <span>"この設問を差し戻す"</span>
            </label>
            <div class="form-field">
                <label for=field.clone()>"理由（市町村に伝わります）"</label>
                <TextArea
                    id=field.clone()
                    name=field
                    text=reason
                    rows=2
                    described_by=described_by.clone()
                    required=false
                    invalid
                />
                <p class="question-error" id=described_by hidden=!invalid>{error}</p>
            </div>
        </details>
    }
    .into_any()
}

/// What is sent back, words about the whole, and the button.
#[component]
fn Whole(revision: i64, typed: TypedReturn) -> impl IntoView {
    let (of_note, of_scope) = (typed.problem("note"), typed.problem("scope"));
    let (invalid, scope_wrong) = (of_note.is_some(), of_scope.is_some());
    let line = |error: Option<String>| error.map(|error| format!("＊{error}"));
    let (id, name, described_by) = ("note".to_owned(), "note".to_owned(), "e-note".to_owned());
    view! {
        <section class="section screen-only" id="return" aria-labelledby="return-heading">
            <h2 id="return-heading">"差し戻す"</h2>
            <p>"差し戻すと、市町村は選んだ設問（と、その答えによって変わる設問）だけを直して、もう一度提出します。"</p>
            <input type="hidden" name="revision" value=revision.to_string() />
            <fieldset id="scope" tabindex="-1" aria-describedby="e-scope">
                <legend>"差し戻す範囲"</legend>
                <label class="choice">
                    <input type="radio" name="scope" value="questions" checked=!typed.whole />
                    <span>"上の一覧で選んだ設問だけ"</span>
                </label>
                <label class="choice">
                    <input type="radio" name="scope" value="whole" checked=typed.whole />
                    <span>"回答全体（理由は「全体への連絡」に入力）"</span>
                </label>
                <p class="question-error" id="e-scope" hidden=!scope_wrong>{line(of_scope)}</p>
            </fieldset>
            <div class="form-field">
                <label for="note">"全体への連絡"</label>
                <TextArea id name text=typed.note rows=3 described_by required=false invalid />
                <p class="question-error" id="e-note" hidden=!invalid>{line(of_note)}</p>
            </div>
            <p class="actions"><button class="button" type="submit">"差し戻す"</button></p>
        </section>
    }
    .into_any()
}
