//! `/indicators/{id}/{year}/{code}`: the answers of one municipality behind a figure, and what each tells.

use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::indicator::{Definition, Engagement, Field};

use super::computation::verdict;
use crate::components::link::Link;
use crate::components::table_frame::TableFrame;

/// One municipality's answers behind a figure.
#[derive(Debug, Clone, PartialEq)]
pub struct ComputationAnswers {
    /// The year.
    pub year: FiscalYear,
    /// The definition.
    pub definition: Definition,
    /// The municipality's name.
    pub name: String,
    /// State of its response in words.
    pub state: &'static str,
    /// Accepted by the prefecture.
    pub confirmed: bool,
    /// What it counts as; `None` is left out.
    pub engagement: Option<Engagement>,
    /// Each field of the rule.
    pub fields: Vec<FieldAnswers>,
    /// Address of the figure's computation.
    pub back: String,
    /// The whole response, for those who may read it.
    pub response: Option<Link>,
}

/// One field's answers.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldAnswers {
    /// The field.
    pub field: Field,
    /// Its test in words.
    pub test: String,
    /// What it counts as.
    pub engagement: Option<Engagement>,
    /// Its answers, in order.
    pub answers: Vec<AnswerRow>,
}

/// One answer.
#[derive(Debug, Clone, PartialEq)]
pub struct AnswerRow {
    /// The area and what it counts as; `None` for the field's own question.
    pub area: Option<(String, Option<Engagement>)>,
    /// Name of the question: the row's anchor.
    pub question: String,
    /// Its number as printed.
    pub number: String,
    /// Its text.
    pub label: String,
    /// The answer, or the state of the cell, in words.
    pub answer: String,
    /// What it tells.
    pub engagement: Option<Engagement>,
    /// The answer in the whole response, for those who may read it.
    pub href: Option<String>,
}

/// The answers of one municipality behind a figure.
#[component]
pub fn ComputationAnswersPage(
    /// What it shows.
    model: ComputationAnswers,
) -> impl IntoView {
    let ComputationAnswers { year, definition, name, state, confirmed, engagement, fields, back, response } = model;
    let confirmation = if confirmed {
        "県が回答を確認し、受理しています。".to_owned()
    } else {
        format!("県が確認した回答ではないため（{state}）、どの回答も未確定とします。")
    };
    let fields = fields.into_iter().map(|field| view! { <FieldSection field /> }).collect_view();
    let response = response.map(|link| view! { <p><a href=link.href>{link.label}</a></p> });
    view! {
        <p class="page-context">"判定のもとになった回答"</p>
        <h1>{format!("{name}は「{}」", verdict(engagement))}</h1>
        <p class="page-lead">{format!("{}（{}、{year}）", definition.title, definition.version_label())}</p>
        <p>{format!("{}を「取り組んでいる」とします。", definition.rule_words())} {definition.counts_words()}</p>
        <p>{confirmation}</p>
        {fields}
        {response}
        <p><a href=back>"計算に戻る"</a></p>
    }
    .into_any()
}

#[component]
fn FieldSection(field: FieldAnswers) -> impl IntoView {
    let FieldAnswers { field, test, engagement, answers } = field;
    let by_area = answers.iter().any(|answer| answer.area.is_some());
    let rows = answers.into_iter().map(|answer| view! { <Row answer by_area /> }).collect_view();
    let label = format!("{}の回答", field.label());
    view! {
        <section class="section" aria-labelledby=field.code()>
            <h2 id=field.code()>{format!("{}：{}", field.label(), verdict(engagement))}</h2>
            <p>{format!("条件：{test}")}</p>
            <TableFrame label=label.clone()>
                <table class="table">
                    <caption>{label}</caption>
                    <thead>
                        <tr>
                            {by_area.then(|| view! { <th scope="col">"項目"</th> })}
                            <th scope="col">"番号"</th>
                            <th scope="col">"設問"</th>
                            <th scope="col">"回答"</th>
                            <th scope="col">"読み方"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </TableFrame>
        </section>
    }
    .into_any()
}

#[component]
fn Row(answer: AnswerRow, by_area: bool) -> impl IntoView {
    let AnswerRow { area, question, number, label, answer, engagement, href } = answer;
    let area = by_area.then(|| {
        let words = area.map_or_else(String::new, |(name, engagement)| format!("{name}（{}）", verdict(engagement)));
        view! { <td class="text">{words}</td> }
    });
    let answer = match href {
        Some(href) => view! { <a href=href>{answer}</a> }.into_any(),
        None => answer.into_any(),
    };
    view! {
        <tr id=format!("answer-{question}")>
            {area}
            <th scope="row"><span class="keep">{number}</span></th>
            <td class="text">{label}</td>
            <td>{answer}</td>
            <td>{verdict(engagement)}</td>
        </tr>
    }
    .into_any()
}
