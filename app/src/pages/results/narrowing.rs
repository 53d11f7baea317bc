//! Which year and which municipalities: plain links and a plain GET form, so that everything stands in the address.

use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::tabulation::{Attribute, Selectable};

/// A year that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearLink {
    /// Which.
    pub year: FiscalYear,
    /// The same page of that year.
    pub href: String,
    /// The one shown.
    pub current: bool,
    /// 速報
    pub provisional: bool,
}

/// The years, newest first.
#[component]
pub fn Years(
    /// In order.
    years: Vec<YearLink>,
) -> impl IntoView {
    let links = years.into_iter().map(|YearLink { year, href, current, provisional }| {
        let mark = if provisional { "（速報）" } else { "" };
        view! { <li><a href=href aria-current=current.then_some("page")>{format!("{}{mark}", year.wareki())}</a></li> }
    });
    view! { <nav class="year-links" aria-label="年度"><ul>{links.collect_view()}</ul></nav> }.into_any()
}

/// What a page of an unpublished year says first.
#[component]
pub fn ProvisionalNote(
    /// Which year.
    year: FiscalYear,
) -> impl IntoView {
    view! {
        <p class="provisional">
            <strong>"速報"</strong>
            {format!("　{year}の受付は終わりましたが、県の確認と公表はまだです。値は変わることがあります。ログインした人だけに表示しています。")}
        </p>
    }
    .into_any()
}

/// The filter as it was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Narrowing {
    /// The page's own address.
    pub action: String,
    /// What can be chosen, each with what is chosen.
    pub properties: Vec<(Attribute, Vec<Selectable>, String)>,
    /// What to cross with: a question, or one choice of it, as addresses write it; and its words.
    pub questions: Vec<(String, String)>,
    /// What is chosen of them; empty for none.
    pub crossed: String,
    /// Why it cannot be used.
    pub error: Option<String>,
}

/// The filter.
#[component]
pub fn NarrowingForm(
    /// What it shows.
    model: Narrowing,
) -> impl IntoView {
    let Narrowing { action, properties, questions, crossed, error } = model;
    let chosen = properties.iter().any(|(.., chosen)| !chosen.is_empty()) || !crossed.is_empty();
    let invalid = error.is_some();
    let fields = properties.into_iter().map(|(attribute, groups, chosen)| {
        let known = chosen.is_empty() || groups.iter().any(|group| group.code == chosen);
        let options = groups.into_iter().map(|Selectable { code, label }| {
            let selected = code == chosen;
            view! { <option value=code selected=selected>{label}</option> }
        });
        let options = options.collect_view();
        let unknown = (!known).then(|| view! { <option value=chosen.clone() selected=true>{chosen.clone()}</option> });
        view! {
            <div class="form-field">
                <label for=format!("narrow-{}", attribute.code())>{attribute.label()}</label>
                <select
                    id=format!("narrow-{}", attribute.code())
                    name=attribute.code()
                    aria-invalid=(invalid && !known).then_some("true")
                    aria-describedby=(invalid && !known).then_some("narrowing-error")
                >
                    <option value="">"すべて"</option>
                    {options}
                    {unknown}
                </select>
            </div>
        }
    });
    let fields = fields.collect_view();
    let crossing = (!questions.is_empty()).then(|| {
        let options = questions.into_iter().map(|(concept, words)| {
            let selected = concept == crossed;
            view! { <option value=concept selected=selected>{words}</option> }
        });
        let options = options.collect_view();
        view! {
            <div class="form-field form-field--wide">
                <label for="narrow-cross">"別の設問と組み合わせる"</label>
                <select id="narrow-cross" name="cross"><option value="">"組み合わせない"</option>{options}</select>
            </div>
        }
    });
    let reset = chosen.then(|| view! { <a class="filter-reset" href=action.clone()>"すべての市町村に戻す"</a> });
    view! {
        <form class="filter screen-only" method="get" action=action aria-label="絞り込み">
            {fields}
            {crossing}
            <button class="button button--primary" type="submit">"絞り込む"</button>
            {reset}
        </form>
        {error.map(|error| view! { <p class="form-error" id="narrowing-error" role="alert">{format!("＊{error}")}</p> })}
    }
    .into_any()
}
