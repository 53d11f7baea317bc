//! By question who may see it, and from which count on cells are shown.

use leptos::prelude::*;
use shared::visibility::{QuestionVisibility, Visibility};

use super::DeskPublication;
use crate::components::question::ErrorSummary;
use crate::components::table_frame::TableFrame;

/// The questions of a section.
#[derive(Debug, Clone)]
pub struct ScopeSection {
    /// Its heading.
    pub title: String,
    /// Its questions.
    pub rows: Vec<ScopeRow>,
}

/// A question; its selects are named `aggregate.NAME` and `named.NAME`.
#[derive(Debug, Clone)]
pub struct ScopeRow {
    /// Its name.
    pub name: String,
    /// Its number as printed.
    pub number: String,
    /// Its text.
    pub label: String,
    /// What was said when it was answered.
    pub answered: QuestionVisibility,
    /// What is chosen.
    pub chosen: QuestionVisibility,
}

/// The form of both.
pub fn scope(model: &DeskPublication) -> AnyView {
    let errors: Vec<_> = model
        .problems
        .iter()
        .map(|problem| match (&model.reason, problem.field.as_str()) {
            (Some((act, _)), "reason") => (format!("#{}", act.id()), "理由".to_owned(), problem.message.clone()),
            (_, field) => (format!("#f-{field}"), name_of(model, field), problem.message.clone()),
        })
        .collect();
    let narrowed = model.sections.iter().flat_map(|section| &section.rows).filter(|row| row.chosen != row.answered);
    let narrowed = match narrowed.count() {
        0 => "いまは、すべての設問が回答時に示した範囲のままです。".to_owned(),
        count => format!("いまは、{count}問の範囲を狭めています。"),
    };
    let open = !errors.is_empty();
    let sections = model.sections.iter().map(|section| questions(model, section)).collect_view();
    let [whole, groups] = model.thresholds.clone();
    let threshold = |name: &'static str, label: &'static str, hint: &'static str, value: String| {
        let error = model.problem(name);
        let invalid = error.is_some();
        view! {
            <div class="form-field">
                <label for=format!("f-{name}")>{label}</label>
                <p class="hint" id=format!("h-{name}")>{hint}</p>
                <input
                    class="text-field text-field--number"
                    id=format!("f-{name}")
                    name=name
                    inputmode="numeric"
                    value=value
                    aria-describedby=format!("h-{name} e-{name}")
                    aria-invalid=invalid.then_some("true")
                />
                <p class="question-error" id=format!("e-{name}") hidden=!invalid>{error}</p>
            </div>
        }
    };
    view! {
        <section class="section" aria-labelledby="scope">
            <h2 id="scope">"1．公開範囲"</h2>
            <p>
                "回答時に示した範囲より広くすることはできません。狭めると、次に公表する版と、締切後の速報に反映されます。" {narrowed}
            </p>
            <ErrorSummary errors />
            <form method="post" action=format!("/desk/{}/publication", model.year.year()) autocomplete="off">
                <input type="hidden" name="revision" value=model.revision />
                <details open=open>
                    <summary>"設問ごとの公開範囲を変える"</summary>
                    {sections}
                </details>
                <h3>"少数の秘匿"</h3>
                <p>
                    "市町村別の値を見られない人に対して、この数に満たないセルを秘匿します。0団体と全団体のセル、引き算で分かってしまうセルは、設定によらず秘匿します。"
                </p>
                {threshold("whole", "全市町村の表", "何団体に満たないセルを秘匿するか。0なら、すべて表示します。", whole)}
                {threshold("groups", "地域などの区分ごとの表", "何団体に満たないセルを秘匿するか。0なら、すべて表示します。", groups)}
                <p class="actions"><button class="button" type="submit">"公開範囲を保存する"</button></p>
            </form>
        </section>
    }
    .into_any()
}

fn name_of(model: &DeskPublication, field: &str) -> String {
    let mut rows = model.sections.iter().flat_map(|section| &section.rows);
    match field {
        "whole" => "全市町村の表".to_owned(),
        "groups" => "地域などの区分ごとの表".to_owned(),
        _ => {
            let row = rows.find(|row| row.name == field);
            row.map(|row| format!("{} {}", row.number, row.label)).unwrap_or_default()
        }
    }
}

fn questions(model: &DeskPublication, section: &ScopeSection) -> AnyView {
    let rows = section.rows.iter().map(|row| question(model, row)).collect_view();
    let title = section.title.clone();
    view! {
        <TableFrame label=title.clone()>
            <table class="table">
                <caption>{title}</caption>
                <thead>
                    <tr>
                        <th scope="col">"設問"</th>
                        <th scope="col">"集計値"</th>
                        <th scope="col">"市町村別の値"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </TableFrame>
    }
    .into_any()
}

fn question(model: &DeskPublication, row: &ScopeRow) -> AnyView {
    let words = format!("{} {}", row.number, row.label);
    let id = format!("f-{}", row.name);
    let error = model.problem(&row.name);
    let aggregate = choice(&format!("aggregate.{}", row.name), &words, row.answered.aggregate, row.chosen.aggregate);
    let named = choice(&format!("named.{}", row.name), &words, row.answered.named, row.chosen.named);
    view! {
        <tr>
            <th scope="row" id=id>
                {words}
                {error.map(|error| view! { <p class="question-error">{error}</p> })}
            </th>
            <td>{aggregate}</td>
            <td>{named}</td>
        </tr>
    }
    .into_any()
}

/// What is as wide as was said, or narrower; where nothing is narrower, the word alone.
fn choice(name: &str, question: &str, answered: Visibility, chosen: Visibility) -> AnyView {
    let all = [Visibility::Public, Visibility::Council, Visibility::Prefecture];
    if answered == Visibility::Prefecture {
        return answered.label().into_any();
    }
    let what = if name.starts_with("named.") { "市町村別の値" } else { "集計値" };
    let options = all.into_iter().filter(|option| *option >= answered).map(|option| {
        view! { <option value=option.code() selected=option == chosen>{option.label()}</option> }
    });
    view! {
        <select class="select-field" name=name.to_owned() aria-label=format!("{question} の{what}の公開範囲")>
            {options.collect_view()}
        </select>
    }
    .into_any()
}
