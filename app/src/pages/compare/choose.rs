//! Whom and what is compared: plain GET forms, so that everything stands in the address.

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

/// The form's choices. What is empty is not offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chooser {
    /// Where it leads.
    pub path: String,
    /// Whom; empty where it is always the own municipality.
    pub municipalities: Vec<Choice>,
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

/// Weights, scale and mean to try out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhatIfForm {
    /// What else the address holds.
    pub kept: Vec<(String, String)>,
    /// Scales.
    pub scales: Vec<Choice>,
    /// Means.
    pub means: Vec<Choice>,
    /// Weights.
    pub fields: Vec<WeightField>,
    /// Where the drawn weightings begin.
    pub seed: u64,
    /// The greatest weight.
    pub most: u32,
    /// The address with everything as usual.
    pub usual: String,
    /// Something is otherwise than usual.
    pub changed: bool,
}

/// A field's weight and its areas'.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeightField {
    /// Code.
    pub code: String,
    /// Name.
    pub label: String,
    /// Weight.
    pub weight: u32,
    /// Code, name and weight of each area.
    pub areas: Vec<(String, String, u32)>,
}

fn options(choices: Vec<Choice>) -> impl IntoView {
    choices
        .into_iter()
        .map(|Choice { value, label, chosen }| view! { <option value=value selected=chosen>{label}</option> })
        .collect_view()
}

fn hidden(kept: Vec<(String, String)>) -> impl IntoView {
    kept.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> }).collect_view()
}

#[component]
fn Select(name: &'static str, label: &'static str, choices: Vec<Choice>) -> impl IntoView {
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
    let whom = if municipalities.is_empty() {
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
    view! {
        <form class="compare-form screen-only" method="get" action=path>
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

/// Weights, scale and mean to try out: changes nothing that is published.
#[component]
pub fn WhatIfSection(
    /// What can be tried out.
    form: WhatIfForm,
) -> impl IntoView {
    let WhatIfForm { kept, scales, means, fields, seed, most, usual, changed } = form;
    let weight = move |code: &str, label: &str, weight: u32| {
        let (id, name) = (format!("weight-{code}"), format!("w.{code}"));
        let label = label.to_owned();
        view! {
            <div class="compare-weight">
                <label for=id.clone()>{label}</label>
                <input id=id name=name type="text" inputmode="numeric" size="3" value=weight.to_string() />
            </div>
        }
    };
    let fields = fields.into_iter().map(|field| {
        let areas = field.areas.iter().map(|(code, label, value)| weight(code, label, *value)).collect_view();
        let own = weight(&field.code, &format!("{}（分野の重み）", field.label), field.weight);
        view! {
            <fieldset class="compare-weights">
                <legend>{field.label.clone()}</legend>
                {own}
                {areas}
            </fieldset>
        }
    });
    let back = changed.then(|| view! { <p><a href=format!("{usual}#what-if")>"重みと計算の仕方を元に戻す"</a></p> });
    view! {
        <section class="section screen-only" aria-labelledby="what-if">
            <h2 id="what-if">"重みや計算の仕方を変えて試す"</h2>
            <p>
                {format!("重みは0〜{most}の整数です。ふだんは、4つの分野を同じ重み、分野の中の項目を同じ重み、項目の中の設問を同じ重みにしています。ここで変えても、公表する値は何も変わりません。")}
            </p>
            {back}
            <details open=changed>
                <summary>"重み、物差し、平均を選ぶ"</summary>
                <form class="compare-what-if" method="get" action="/compare#maturity">
                    <div class="compare-more">
                        <Select name="scale" label="物差し" choices=scales />
                        <Select name="mean" label="平均の種類" choices=means />
                        <div class="form-field">
                            <label for="choose-seed">"乱数の種（整数）"</label>
                            <input id="choose-seed" name="seed" type="text" inputmode="numeric" value=seed.to_string() />
                        </div>
                    </div>
                    {fields.collect_view()}
                    {hidden(kept)}
                    <button class="button button--secondary" type="submit">"試す"</button>
                </form>
            </details>
        </section>
    }
    .into_any()
}
