//! The values of a row, period by period, in one form.

use leptos::either::Either;
use leptos::prelude::*;
use shared::kpi::TypedValue;
use shared::wire::FieldProblem;

use crate::components::table_frame::TableFrame;

/// A period that a value can be entered for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueLine {
    /// The period in words, with its day where that is known.
    pub label: String,
    /// What is stored, or what was typed.
    pub typed: TypedValue,
}

/// The form: `period`, `value.2026`, `note.2026`, `revision.2026`, … for each line.
#[component]
#[expect(clippy::needless_pass_by_value, reason = "a component owns what it shows")]
pub fn Values(id: String, unit: String, lines: Vec<ValueLine>, problems: Vec<FieldProblem>) -> impl IntoView {
    if lines.is_empty() {
        return Either::Left(view! {
            <p>"値を入力するには、先に上の「測る頻度」を選んで保存してください。"</p>
        });
    }
    let action = format!("/desk/kpi/{id}/values");
    let heading = if unit.is_empty() { "値".to_owned() } else { format!("値（{unit}）") };
    let rows = lines.into_iter().map(|line| view! { <Line line problems=problems.clone() /> }).collect_view();
    Either::Right(view! {
        <form method="post" action=action autocomplete="off">
            <TableFrame label="時期ごとの値">
                <table class="table kpi-values">
                    <caption>"時期ごとの値（分からないものは空欄のままにします）"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"時期"</th>
                            <th scope="col">{heading}</th>
                            <th scope="col">"備考"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </TableFrame>
            <p class="actions"><button class="button" type="submit">"値を保存する"</button></p>
        </form>
    })
}

#[component]
fn Line(line: ValueLine, problems: Vec<FieldProblem>) -> impl IntoView {
    let ValueLine { label, typed } = line;
    let TypedValue { period, value, note, revision } = typed;
    let field = |name: &str, words: &str, text: String, mode: &'static str| {
        let id = format!("{name}.{period}");
        let error = problems.iter().find(|problem| problem.field == id).map(|problem| format!("＊{}", problem.message));
        let (invalid, described) = (error.is_some(), format!("e-{id}"));
        let error = error.map(|error| view! { <p class="question-error" id=described.clone()>{error}</p> });
        view! {
            <input
                class="text-field"
                type="text"
                inputmode=mode
                id=id.clone()
                name=id
                value=text
                aria-label=format!("{label}の{words}")
                aria-invalid=invalid.then_some("true")
                aria-describedby=invalid.then_some(described)
            />
            {error}
        }
        .into_any()
    };
    let (value, note) = (field("value", "値", value, "decimal"), field("note", "備考", note, "text"));
    view! {
        <tr>
            <th scope="row">
                {label}
                <input type="hidden" name="period" value=period.clone() />
                <input type="hidden" name=format!("revision.{period}") value=revision.to_string() />
            </th>
            <td>{value}</td>
            <td>{note}</td>
        </tr>
    }
    .into_any()
}
