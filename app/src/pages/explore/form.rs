//! What to compare and what to suppose of chance: a plain GET form, so that everything stands in the address.

use leptos::prelude::*;
use shared::exploration::Request;
use shared::exploration::request::{Adjustment, By, Comparison, MOST_SUBJECTS, Reading, Since, Subject};
use shared::fiscal_year::FiscalYear;
use shared::statistics::{Alternative, ChanceModel};

/// What to choose from, and what was chosen.
#[derive(Debug, Clone)]
pub struct FormModel {
    /// What was chosen.
    pub request: Request,
    /// Indicators and questions, by section.
    pub subjects: Vec<OptionGroup>,
    /// What can make groups.
    pub groupings: Vec<OptionGroup>,
    /// The other years.
    pub years: Vec<FiscalYear>,
    /// The choices of the chosen questions: question, then value and text.
    pub choices: Vec<OptionGroup>,
}

/// Options below a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionGroup {
    /// The heading.
    pub label: String,
    /// Value and text.
    pub options: Vec<(String, String)>,
}

/// The name of a field for people.
pub fn words(field: &str) -> &'static str {
    match field {
        "compare" => "何を調べるか",
        "of" => "比べるもの",
        "as" => "選択肢の読み方",
        "choice" => "「はい」と数える選択肢",
        "by" => "組の分け方",
        "since" => "比べる年度",
        "chance" => "偶然のしくみ",
        "sides" => "片側・両側",
        _ => "補正",
    }
}

/// The form.
#[component]
pub(super) fn ExploreForm(
    /// The year that is explored.
    year: FiscalYear,
    /// What it holds.
    form: FormModel,
) -> impl IntoView {
    let FormModel { request, subjects, groupings, years, choices } = form;
    let comparison = Comparison::ALL.iter().map(|one| (one.code(), one.label(), "", request.compare == Some(*one)));
    let chance = ChanceModel::ALL.iter().map(|m| (m.code(), m.label(), m.assumption(), request.chance == Some(*m)));
    let adjustment = Adjustment::ALL.iter().map(|a| (a.code(), a.label(), meaning(*a), request.adjustment == *a));
    let sides = Alternative::ALL.iter().map(|a| (a.code(), a.label(), "", request.alternative == *a));
    let (comparison, chance, sides, adjustment) =
        (radios("compare", comparison), radios("chance", chance), radios("sides", sides), radios("adjust", adjustment));
    let of = (0..MOST_SUBJECTS)
        .map(|place| {
            let chosen = request.of.get(place).map(Subject::code);
            let id = if place == 0 { "explore-of".to_owned() } else { format!("explore-of-{}", place + 1) };
            let label = format!("比べるもの{}{}", place + 1, if place == 0 { "※必須" } else { "※任意" });
            select(id, "of", &label, "選択してください", subjects.clone(), chosen.as_deref())
        })
        .collect_view();
    let reading = OptionGroup {
        label: "1つを選ぶ設問の場合".to_owned(),
        options: Reading::ALL.iter().map(|one| (one.code().to_owned(), one.label().to_owned())).collect(),
    };
    let reading = select(
        "explore-as".to_owned(),
        "as",
        words("as"),
        "選択肢の並びを順序とみなす（既定）",
        vec![reading],
        request.reading.map(Reading::code),
    );
    let by = select(
        "explore-by".to_owned(),
        "by",
        "組の分け方（組のあいだの差を調べる場合）",
        "選択してください",
        groupings,
        request.by.as_ref().map(By::code).as_deref(),
    );
    let options = years.iter().map(|year| (year.year().to_string(), year.wareki()));
    let options = options.chain([("all".to_owned(), "比べられるすべての年度".to_owned())]).collect();
    let since = request.since.map(|since| match since {
        Since::Year(year) => year.year().to_string(),
        Since::All => "all".to_owned(),
    });
    let years = vec![OptionGroup { label: "年度".to_owned(), options }];
    let since = select(
        "explore-since".to_owned(),
        "since",
        "比べる年度（年度の変化を調べる場合）",
        "選択してください",
        years,
        since.as_deref(),
    );
    let chosen = request.choices.iter().map(|(concept, name)| format!("{concept}:{name}")).collect::<Vec<_>>();
    let choices = (!choices.is_empty()).then(|| boxes(choices, &chosen));
    view! {
        <section class="section" aria-labelledby="explore-form">
            <h2 id="explore-form">"調べることを選ぶ"</h2>
            <form class="explore-form" method="get" action=format!("/results/{}/explore", year.year())>
                <fieldset id="explore-compare" tabindex="-1"><legend>"1　何を調べますか ※必須"</legend>{comparison}</fieldset>
                <fieldset><legend>"2　何を比べますか"</legend>{of}{reading}{choices}{by}{since}</fieldset>
                <fieldset id="explore-chance" tabindex="-1">
                    <legend>"3　この分析が前提とする偶然のしくみ ※必須"</legend>
                    <p>"全市町村に尋ねた結果に、偶然のばらつきは本来ありません。何を偶然とみなすかを選んでください。"</p>
                    {chance}
                </fieldset>
                <fieldset id="explore-sides" tabindex="-1">
                    <legend>"4　検定の片側・両側"</legend>
                    <p>"片側は、どちらが大きいかを結果を見る前に決めていたときだけ使います。片側のない検定は両側で行います。"</p>
                    {sides}
                </fieldset>
                <fieldset id="explore-adjust" tabindex="-1"><legend>"5　複数の検定の補正"</legend>{adjustment}</fieldset>
                <p class="actions"><button class="button button--primary" type="submit">"計算する"</button></p>
            </form>
        </section>
    }
    .into_any()
}

fn meaning(adjustment: Adjustment) -> &'static str {
    match adjustment {
        Adjustment::Holm => "1つでも誤って見つける確率を抑えます。",
        Adjustment::BenjaminiHochberg => "見つけたもののうち誤りの割合を抑えます。手がかりを広く探すときに使います。",
    }
}

fn radios<'a>(name: &'static str, options: impl Iterator<Item = (&'a str, &'a str, &'a str, bool)>) -> Vec<AnyView> {
    let radio = |(value, label, hint, checked): (&str, &str, &str, bool)| {
        let (value, label, hint) = (value.to_owned(), label.to_owned(), hint.to_owned());
        let hint = (!hint.is_empty()).then(|| view! { <span class="explore-hint">{hint}</span> });
        view! {
            <label class="explore-choice">
                <input type="radio" name=name value=value checked=checked />
                <span>{label}{hint}</span>
            </label>
        }
        .into_any()
    };
    options.map(radio).collect()
}

fn boxes(groups: Vec<OptionGroup>, chosen: &[String]) -> AnyView {
    let group = |OptionGroup { label, options }: OptionGroup| {
        let option = |(value, text): (String, String)| {
            let checked = chosen.contains(&value);
            view! {
                <label class="explore-choice">
                    <input type="checkbox" name="choice" value=value checked=checked />
                    <span>{text}</span>
                </label>
            }
        };
        let options = options.into_iter().map(option).collect_view();
        view! { <fieldset class="explore-choices"><legend>{format!("「はい」と数える選択肢：{label}")}</legend>{options}</fieldset> }
    };
    view! { <div id="explore-choice" tabindex="-1">{groups.into_iter().map(group).collect_view()}</div> }.into_any()
}

fn select(
    id: String,
    name: &'static str,
    label: &str,
    none: &'static str,
    groups: Vec<OptionGroup>,
    chosen: Option<&str>,
) -> AnyView {
    let group = |OptionGroup { label, options }: OptionGroup| {
        let option = |(value, text): (String, String)| {
            let selected = chosen == Some(value.as_str());
            view! { <option value=value selected=selected>{text}</option> }
        };
        view! { <optgroup label=label>{options.into_iter().map(option).collect_view()}</optgroup> }
    };
    let groups = groups.into_iter().map(group).collect_view();
    let label = label.to_owned();
    view! {
        <div class="form-field">
            <label for=id.clone()>{label}</label>
            <select id=id name=name><option value="">{none}</option>{groups}</select>
        </div>
    }
    .into_any()
}
