//! Whom and what is compared: a plain GET form, so that everything stands in the address.

use leptos::prelude::*;

/// Something that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Its value in the address.
    pub value: String,
    /// In words.
    pub label: String,
    /// Chosen.
    pub chosen: bool,
}

impl Choice {
    /// A choice.
    pub fn new(value: impl Into<String>, label: &str, chosen: bool) -> Self {
        Self { value: value.into(), label: label.to_owned(), chosen }
    }
}

/// A section's questions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionChoices {
    /// The section.
    pub title: String,
    /// Its questions.
    pub questions: Vec<Choice>,
}

/// Which municipalities are listed, where there are too many for one list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Narrowing {
    /// Prefectures, all of them first.
    pub prefectures: Vec<Choice>,
    /// What was searched for.
    pub find: String,
    /// That nobody, or too many, were found.
    pub note: Option<String>,
}

/// The form's choices. What is empty is not offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chooser {
    /// Where it leads.
    pub path: String,
    /// Whom; empty where it is always the own municipality.
    pub municipalities: Vec<Choice>,
    /// Which of a whole country are listed; `None` where all are.
    pub narrowing: Option<Narrowing>,
    /// Its name.
    pub own: Option<String>,
    /// Years, latest first.
    pub years: Vec<Choice>,
    /// Years to compare with.
    pub earlier: Vec<Choice>,
    /// Groups.
    pub groups: Vec<Choice>,
    /// Near by what.
    pub near_by: Vec<Choice>,
    /// How many near ones.
    pub count: usize,
    /// At most so many.
    pub most: usize,
    /// Municipalities to be ticked.
    pub peers: Vec<Choice>,
    /// What a row is.
    pub rows: Vec<Choice>,
    /// Sections.
    pub sections: Vec<Choice>,
    /// Questions.
    pub questions: Vec<QuestionChoices>,
    /// How quartiles lie between values.
    pub quartiles: Vec<Choice>,
    /// What else the address holds.
    pub kept: Vec<(String, String)>,
}

/// A group that the account keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedGroup {
    /// Its name.
    pub name: String,
    /// How many municipalities.
    pub count: usize,
    /// The comparison with them.
    pub href: String,
}

fn options(choices: Vec<Choice>) -> impl IntoView {
    choices
        .into_iter()
        .map(|Choice { value, label, chosen }| view! { <option value=value selected=chosen>{label}</option> })
        .collect_view()
}

pub(super) fn hidden(kept: Vec<(String, String)>) -> impl IntoView {
    kept.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> }).collect_view()
}

/// A list to choose from; nothing where there is no choice.
#[component]
pub(super) fn Select(name: &'static str, label: &'static str, choices: Vec<Choice>) -> impl IntoView {
    (choices.len() > 1).then(|| {
        let id = format!("choose-{name}");
        view! {
            <div class="form-field">
                <label for=id.clone()>{label}</label>
                <select id=id name=name>{options(choices)}</select>
            </div>
        }
    })
}

#[component]
fn Ticks(name: &'static str, legend: String, choices: Vec<Choice>) -> impl IntoView {
    (!choices.is_empty()).then(|| {
        let ticks = choices.into_iter().map(|Choice { value, label, chosen }| {
            view! {
                <li>
                    <label class="compare-tick">
                        <input type="checkbox" name=name value=value checked=chosen />
                        <span>{label}</span>
                    </label>
                </li>
            }
        });
        view! {
            <fieldset class="compare-ticks">
                <legend>{legend}</legend>
                <ul>{ticks.collect_view()}</ul>
            </fieldset>
        }
    })
}

/// 「◯◯市 と 人口規模の近い7団体」, both changeable.
#[component]
pub fn ChooserForm(
    /// What can be chosen.
    chooser: Chooser,
) -> impl IntoView {
    let Chooser {
        path,
        municipalities,
        narrowing,
        own,
        years,
        earlier,
        groups,
        near_by,
        count,
        most,
        peers,
        rows,
        sections,
        questions,
        quartiles,
        kept,
    } = chooser;
    let whom = if municipalities.is_empty() && narrowing.is_none() {
        own.map(|own| view! { <p class="compare-own">{own}</p> }).into_any()
    } else {
        let none = own.is_none().then(|| view! { <option value="" selected>"選んでください"</option> });
        view! {
            <div class="form-field">
                <label for="choose-municipality">"市町村"</label>
                <select id="choose-municipality" name="municipality">{none} {options(municipalities)}</select>
            </div>
        }
        .into_any()
    };
    let near = (!near_by.is_empty()).then(|| {
        view! {
            <div class="form-field">
                <label for="choose-count">{format!("近い団体の数（1〜{most}）")}</label>
                <input id="choose-count" name="count" type="text" inputmode="numeric" size="4" value=count.to_string() />
            </div>
            <Ticks name="by" legend="近さの条件（「条件の近い団体」のとき）".to_owned() choices=near_by />
        }
    });
    let questions = questions.into_iter().map(|QuestionChoices { title, questions }| {
        view! { <Ticks name="question" legend=title choices=questions /> }
    });
    let questions = questions.collect_view();
    let peers = (!peers.is_empty()).then(|| {
        view! {
            <details>
                <summary>"比べる団体を自分で選ぶ"</summary>
                <Ticks name="peer" legend="比較グループを「自分で選ぶ」にして、団体に印を付けます。".to_owned() choices=peers />
            </details>
        }
    });
    let narrowing = narrowing.map(|Narrowing { prefectures, find, note }| {
        view! {
            <div class="compare-narrowing">
                <Select name="prefecture" label="都道府県" choices=prefectures />
                <div class="form-field">
                    <label for="choose-find">"市町村の名前・よみ・コード"</label>
                    <input id="choose-find" name="find" type="search" value=find />
                </div>
                <button class="button button--secondary" type="submit">"一覧を絞る"</button>
            </div>
            {note.map(|note| view! { <p role="status">{note}</p> })}
        }
    });
    view! {
        <form class="compare-form screen-only" method="get" action=path>
            {narrowing}
            <div class="compare-first">
                {whom}
                <span class="compare-and">"と"</span>
                <Select name="group" label="比較グループ" choices=groups />
                <Select name="year" label="年度" choices=years />
                <button class="button" type="submit">"比べる"</button>
            </div>
            <details>
                <summary>"分野・設問、近さの条件、前の年度を選ぶ"</summary>
                <div class="compare-more">
                    <Select name="rows" label="並べるもの" choices=rows />
                    <Select name="section" label="分野" choices=sections />
                    <Select name="since" label="変化を見る前の年度" choices=earlier />
                    <Select name="quartile" label="四分位の求め方" choices=quartiles />
                    {near}
                </div>
                <details>
                    <summary>"設問を選ぶ"</summary>
                    <p>"並べるものを「設問ごと」にして、設問に印を付けます。印がなければ、すべての設問を並べます。"</p>
                    {questions}
                </details>
            </details>
            {peers}
            {hidden(kept)}
        </form>
    }
    .into_any()
}

/// Groups that the account keeps, and a form to keep the one that is shown.
#[component]
pub fn SavedGroups(
    /// The groups.
    saved: Vec<SavedGroup>,
    /// The peers shown and the address they stand on.
    keep: Option<(Vec<String>, String)>,
    /// The name that could not be kept, and why.
    problem: Option<(String, String)>,
) -> impl IntoView {
    if saved.is_empty() && keep.is_none() {
        return ().into_any();
    }
    let open = problem.is_some();
    let on = keep.as_ref().map(|(_, on)| on.clone()).unwrap_or_default();
    let groups = saved.into_iter().map(|SavedGroup { name, count, href }| {
        view! {
            <li>
                <a href=href>{name.clone()}</a>
                {format!("（{count}団体）")}
                <form method="post" action="/compare/groups/removal">
                    <input type="hidden" name="name" value=name.clone() />
                    <input type="hidden" name="on" value=on.clone() />
                    <button class="button button--text" type="submit" aria-label=format!("「{name}」を消す")>"消す"</button>
                </form>
            </li>
        }
    });
    let groups = groups.collect_view();
    let (typed, error) = problem.unzip();
    let invalid = error.is_some().then_some("true");
    let described = error.is_some().then_some("group-name-error");
    let keep = keep.map(|(peers, on)| {
        let peers = peers.into_iter().map(|peer| ("peer".to_owned(), peer)).collect::<Vec<_>>();
        view! {
            <form class="compare-keep" method="post" action="/compare/groups">
                <div class="form-field">
                    <label for="group-name">"いまの比較グループを保存する名前"</label>
                    <input
                        id="group-name"
                        name="name"
                        type="text"
                        maxlength="60"
                        value=typed.unwrap_or_default()
                        aria-invalid=invalid
                        aria-describedby=described
                    />
                    {error.map(|error| view! { <p class="form-error" id="group-name-error">"＊" {error}</p> })}
                </div>
                {hidden(peers)}
                <input type="hidden" name="on" value=on />
                <button class="button button--secondary" type="submit">"保存する"</button>
            </form>
        }
    });
    view! {
        <details class="compare-saved screen-only" open=open>
            <summary>"保存した比較グループ"</summary>
            <ul class="compare-groups">{groups}</ul>
            {keep}
        </details>
    }
    .into_any()
}
