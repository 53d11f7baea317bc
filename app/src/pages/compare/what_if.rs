//! Weights, scale, mean and ranks to try out, by a plain GET form.

use leptos::prelude::*;

use super::choose::{Choice, Select, hidden};

/// Weights, scale and mean to try out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhatIfForm {
    /// What else the address holds.
    pub kept: Vec<(String, String)>,
    /// Scales.
    pub scales: Vec<Choice>,
    /// Means.
    pub means: Vec<Choice>,
    /// Over what ranks are tried.
    pub ranks: Vec<Choice>,
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

/// Weights, scale and mean to try out: changes nothing that is published.
#[component]
pub fn WhatIfSection(
    /// What can be tried out.
    form: WhatIfForm,
) -> impl IntoView {
    let WhatIfForm { kept, scales, means, ranks, fields, seed, most, usual, changed } = form;
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
                        <Select name="ranks" label="順位の幅の求め方" choices=ranks />
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
