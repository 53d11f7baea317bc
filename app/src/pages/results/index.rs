//! `/results/{year}`: every question by section and area, with one bar each.

use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;

use super::narrowing::{ProvisionalNote, YearLink, Years};
use crate::chart::spark::spark;
use crate::chart::stacked::StackedBars;

/// Every question of a year that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct ResultsIndex {
    /// The year; `None` where there are no results at all.
    pub year: Option<FiscalYear>,
    /// It is 速報.
    pub provisional: bool,
    /// All years, newest first.
    pub years: Vec<YearLink>,
    /// Generated data: the bars say so.
    pub demonstration: bool,
    /// Why another page was asked for and this one is shown.
    pub message: Option<String>,
    /// What is searched for, as typed.
    pub query: String,
    /// The questions found, by section.
    pub sections: Vec<IndexSection>,
    /// How many were found.
    pub found: usize,
    /// How many there are.
    pub total: usize,
    /// Of all questions: those with named values, with aggregates only, and with nothing for this reader.
    pub disclosed: [usize; 3],
    /// Municipalities on the register, and those that responded.
    pub register: (usize, usize),
    /// 探索的な分析, for whom it is open to.
    pub explore: Option<String>,
}

/// A section, or a field.
#[derive(Debug, Clone, PartialEq)]
pub struct IndexSection {
    /// Its key in the questionnaire: the anchor.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its areas.
    pub areas: Vec<IndexArea>,
}

/// An area of a section.
#[derive(Debug, Clone, PartialEq)]
pub struct IndexArea {
    /// Its title; `None` for questions directly in the section.
    pub title: Option<String>,
    /// Its questions.
    pub questions: Vec<IndexQuestion>,
}

/// A question.
#[derive(Debug, Clone, PartialEq)]
pub struct IndexQuestion {
    /// Number as printed.
    pub number: String,
    /// Its text.
    pub label: String,
    /// Its page.
    pub href: String,
    /// The result in a sentence, or why there is none.
    pub finding: String,
    /// The result as a bar.
    pub bar: Option<StackedBars>,
    /// Who may see what, in words.
    pub visibility: String,
}

/// The page.
#[component]
pub fn ResultsIndexPage(
    /// What it shows.
    model: ResultsIndex,
) -> impl IntoView {
    let message = model.message.clone().map(|message| view! { <p class="page-message" role="status">{message}</p> });
    let Some(year) = model.year else {
        return view! {
            <h1>"設問ごとの結果"</h1>
            {message}
            <p class="page-lead">"公表された結果はまだありません。県が結果を確定して公表すると、このページに表示されます。"</p>
        }
        .into_any();
    };
    let ResultsIndex {
        provisional,
        demonstration,
        years,
        query,
        sections,
        found,
        total,
        disclosed,
        register,
        explore,
        ..
    } = model;
    let [named, aggregates, nothing] = disclosed;
    let found_words = if query.trim().is_empty() {
        format!("{total}問")
    } else if found == 0 {
        format!("「{query}」に当てはまる設問はありません。別の言葉で探してください。")
    } else {
        format!("「{query}」に当てはまる設問は、{total}問のうち{found}問です。")
    };
    let contents = sections.iter().map(|section| {
        view! { <li><a href=format!("#{}", section.name)>{section.title.clone()}</a></li> }
    });
    let contents = (sections.len() > 1).then(
        || view! { <nav class="page-contents" aria-label="このページの内容"><ul>{contents.collect_view()}</ul></nav> },
    );
    let sections = sections.into_iter().map(|section| view! { <Section section demonstration /> }).collect_view();
    let action = format!("/results/{}", year.year());
    view! {
        <h1>{format!("{} 設問ごとの結果", year.wareki())}</h1>
        {message}
        {provisional.then(|| view! { <ProvisionalNote year /> })}
        <p class="page-lead">{format!("{}市町村のうち{}市町村が提出しました。設問を選ぶと、年度や地域ごとの結果を見られます。", register.0, register.1)}</p>
        <Years years />
        <form class="filter screen-only" method="get" action=action role="search">
            <div class="form-field form-field--wide">
                <label for="q">"設問を言葉で探す"</label>
                <input id="q" name="q" type="search" value=query maxlength="100" />
            </div>
            <button class="button button--primary" type="submit">"探す"</button>
        </form>
        <p>{found_words}</p>
        <p class="source">
            {format!("全{total}問のうち、市町村別の値まで見られる設問は{named}問、集計値だけの設問は{aggregates}問、公開範囲の設定により表示できない設問は{nothing}問です。")}
        </p>
        {explore.map(|href| view! { <p class="screen-only"><a href=href>"探索的な分析（検定など）"</a></p> })}
        {contents}
        {sections}
    }
    .into_any()
}

#[component]
fn Section(section: IndexSection, demonstration: bool) -> impl IntoView {
    let IndexSection { name, title, areas } = section;
    let areas = areas.into_iter().map(|area| view! { <Area area demonstration /> }).collect_view();
    view! {
        <section class="section" aria-labelledby=name.clone()>
            <h2 id=name.clone()>{title}</h2>
            {areas}
        </section>
    }
    .into_any()
}

#[component]
fn Area(area: IndexArea, demonstration: bool) -> impl IntoView {
    let questions =
        area.questions.into_iter().map(|question| view! { <Question question demonstration /> }).collect_view();
    view! {
        {area.title.map(|title| view! { <h3>{title}</h3> })}
        <ul class="question-results">{questions}</ul>
    }
    .into_any()
}

#[component]
fn Question(question: IndexQuestion, demonstration: bool) -> impl IntoView {
    let IndexQuestion { number, label, href, finding, bar, visibility } = question;
    let bar = bar.map(|bar| view! { <div class="question-result-bar" inner_html=spark(&bar, demonstration)></div> });
    let number = (!number.is_empty()).then(|| view! { <span class="question-result-number">{number}</span> });
    view! {
        <li class="question-result">
            <p class="question-result-title">{number} <a href=href>{label}</a></p>
            {bar}
            <p class="question-result-finding">{finding} <small>{visibility}</small></p>
        </li>
    }
    .into_any()
}
