//! When a round is planned, and other dates for one that was opened.

use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::time::Timestamp;
use shared::wire::FieldProblem;

use crate::components::form_field::{FormField, InputKind, summary};
use crate::components::question::ErrorSummary;

/// Dates that can be set in the round's state.
///
/// `POST /desk/{year}/dates` sends each by its name, what it was by `from_` and its name (milliseconds, empty for nothing),
/// and `reason`.
#[derive(Debug, Clone, Default)]
pub struct DatesForm {
    /// The dates.
    pub fields: Vec<DateField>,
    /// Why, as typed; `None` where no reason is asked for: of a plan.
    pub reason: Option<String>,
    /// What is wrong, by field.
    pub problems: Vec<FieldProblem>,
}

/// One date.
#[derive(Debug, Clone)]
pub struct DateField {
    /// One of [`DATE_FIELDS`].
    pub name: &'static str,
    /// As typed: `YYYY-MM-DDTHH:MM` in JST.
    pub typed: String,
    /// What it was when the form was shown.
    pub from: Option<Timestamp>,
}

/// Names and words of the dates.
pub const DATE_FIELDS: [(&str, &str); 3] =
    [("opening", "受付開始の予定"), ("reference_date", "基準日"), ("deadline", "締切")];
const PREFIX: &str = "dates-";

/// The form of a round's dates.
#[component]
pub fn Dates(
    /// The round.
    year: FiscalYear,
    /// What can be set.
    form: DatesForm,
) -> impl IntoView {
    let DatesForm { fields, reason, problems } = form;
    let words = DATE_FIELDS.into_iter().chain([("reason", "理由")]).collect::<Vec<_>>();
    let errors = summary(&problems, PREFIX, &words);
    let refused = !problems.is_empty();
    let planned = reason.is_none();
    let (heading, lead, verb) = if planned {
        (
            "日程の予定",
            "市町村の「受付開始前」の画面に、予定として出ます。その日時になっても、受付は自動では始まりません。",
            "予定を保存する",
        )
    } else {
        (
            "日程を変更する",
            "新しい日程は、市町村の画面と、これから送る催促のメールに出ます。変更の前後と理由は、監査記録に残ります。",
            "日程を変更する",
        )
    };
    let inputs = fields
        .into_iter()
        .map(|DateField { name, typed, from }| {
            let label = DATE_FIELDS.iter().find(|(known, _)| *known == name).map_or("", |(_, label)| *label);
            let label = if planned { format!("{label}の予定") } else { label.to_owned() };
            let from = from.map(|from| from.0.to_string()).unwrap_or_default();
            view! {
                <input type="hidden" name=format!("from_{name}") value=from />
                <DateInput
                    id=format!("{PREFIX}{name}")
                    name
                    label
                    typed
                    required=!planned
                    problems=problems.clone()
                />
            }
        })
        .collect_view();
    let reason = reason.map(|reason| {
        view! {
            <FormField
                prefix=PREFIX
                name="reason"
                label="理由"
                kind=InputKind::Line
                value=reason
                required=true
                problems=problems.clone()
            />
        }
    });
    let body = view! {
        <p>{lead}</p>
        <ErrorSummary errors />
        <form class="account-form" method="post" action=format!("/desk/{}/dates", year.year())>
            {inputs}
            {reason}
            <p class="actions"><button class="button" type="submit">{verb}</button></p>
        </form>
    };
    if planned {
        view! { <section class="section" id="dates"><h2>{heading}</h2> {body}</section> }.into_any()
    } else {
        view! { <details id="dates" open=refused><summary>{heading}</summary> {body}</details> }.into_any()
    }
}

/// A date and time in JST, with what is wrong with it.
#[expect(clippy::needless_pass_by_value, reason = "a component owns what it shows")]
#[component]
pub fn DateInput(
    /// Its id.
    id: String,
    /// Its name in the form.
    name: &'static str,
    /// What it is called.
    #[prop(into)]
    label: String,
    /// What was typed.
    typed: String,
    /// Whether it must be filled.
    required: bool,
    /// What is wrong with the form.
    problems: Vec<FieldProblem>,
) -> impl IntoView {
    let error = problems.iter().find(|problem| problem.field == name).map(|p| format!("＊{}", p.message));
    let (described_by, invalid) = (format!("e-{id}"), error.is_some());
    let mark = required.then(|| view! { <span class="mark mark--required">"※必須"</span> });
    view! {
        <div class="form-field">
            <label for=id.clone()>{label} " " {mark}</label>
            <input
                class="text-field"
                type="datetime-local"
                id=id
                name=name
                value=typed
                aria-describedby=described_by.clone()
                aria-required=required.then_some("true")
                aria-invalid=invalid.then_some("true")
            />
            <p class="question-error" id=described_by hidden=!invalid>{error}</p>
        </div>
    }
    .into_any()
}
