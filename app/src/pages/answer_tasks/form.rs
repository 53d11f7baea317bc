//! One section's task.

use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::municipality::MunicipalityCode;
use shared::response::SectionTaskState;

use super::{StoredTask, TaskRow, TypedTask};
use crate::components::question::TextArea;

/// A section's task, posted to `/answer/{year}/tasks` with `section`, `revision`, `municipality`, `assignee`,
/// `state` (`open` or `done`) and `comment`.
#[component]
pub fn TaskForm(
    /// The round.
    year: FiscalYear,
    /// Whose.
    code: MunicipalityCode,
    /// The section.
    row: TaskRow,
) -> impl IntoView {
    let TaskRow { section, task, typed, .. } = row;
    let name = section.name.as_str().to_owned();
    let conflict = typed.as_ref().is_some_and(|typed| typed.conflict).then(|| conflict_words(&task));
    let problem = |field: &str| {
        let problems = typed.as_ref().map(|typed| typed.problems.as_slice()).unwrap_or_default();
        problems.iter().find(|problem| problem.field == field).map(|problem| problem.message.clone())
    };
    let (of_assignee, of_comment) = (problem("assignee"), problem("comment"));
    let StoredTask { revision, last, .. } = task.clone();
    let TypedTask { assignee, state, comment, .. } = typed.unwrap_or(TypedTask {
        assignee: task.assignee,
        state: task.state,
        comment: task.comment,
        problems: Vec::new(),
        conflict: false,
    });
    let states = SectionTaskState::ALL
        .map(|choice| {
            let id = format!("{name}-{}", choice.code());
            view! {
                <label class="choice">
                    <input type="radio" id=id name="state" value=choice.code() checked=choice == state />
                    <span>{choice.label()}</span>
                </label>
            }
        })
        .collect_view();
    let last = last.map(|(who, when)| view! { <p class="task-last">"最後の変更：" {who} " " {when.date_time()}</p> });
    let (id, described_by) = (format!("{name}-comment"), format!("e-{name}-comment"));
    let invalid = of_comment.is_some();
    let assignee_error = format!("e-{name}-assignee");
    view! {
        <form class="task-form" id=format!("edit-{name}") method="post" action=format!("/answer/{}/tasks", year.year()) autocomplete="off">
            <h3>{section.title.clone()}</h3>
            {conflict}
            <input type="hidden" name="section" value=name.clone() />
            <input type="hidden" name="revision" value=revision.to_string() />
            <input type="hidden" name="municipality" value=code.to_string() />
            <div class="form-field">
                <label for=format!("{name}-assignee")>"担当（課名・氏名）"</label>
                <input
                    class="text-field text-field--line"
                    type="text"
                    id=format!("{name}-assignee")
                    name="assignee"
                    list="known"
                    value=assignee
                    aria-describedby=assignee_error.clone()
                    aria-invalid=of_assignee.is_some().then_some("true")
                />
                {error_line(assignee_error, of_assignee)}
            </div>
            <fieldset class="task-states">
                <legend>"状態"</legend>
                {states}
            </fieldset>
            <div class="form-field">
                <label for=id.clone()>"連絡事項"</label>
                <TextArea id name="comment".to_owned() text=comment rows=2 described_by=described_by.clone() required=false invalid />
                {error_line(described_by, of_comment)}
            </div>
            {last}
            <p class="actions">
                <button class="button" type="submit">"保存する" <span class="visually-hidden">"：" {section.title}</span></button>
            </p>
        </form>
    }
    .into_any()
}

fn error_line(id: String, error: Option<String>) -> AnyView {
    let hidden = error.is_none();
    let error = error.map(|error| format!("＊{error}"));
    view! { <p class="question-error" id=id hidden=hidden>{error}</p> }.into_any()
}

/// What is stored now, beside what was typed.
fn conflict_words(task: &StoredTask) -> AnyView {
    let last = task.last.clone().map(|(who, when)| format!("{who}さんが {} に変更した内容：", when.date_time()));
    let comment = (!task.comment.is_empty()).then(|| format!("「{}」", task.comment));
    view! {
        <p class="notice notice--attention">
            {last} <strong>{task.words()} {comment}</strong> "。下の内容で保存すると、これに置き換わります。"
        </p>
    }
    .into_any()
}
