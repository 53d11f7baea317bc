//! `/desk/roadmap/{id}`: editing one measure of the plan and its reviews.

use leptos::either::EitherOf3;
use leptos::prelude::*;
use shared::roadmap::typed::FIELDS;
use shared::roadmap::{Item, Status, TypedItem, TypedReview};
use shared::visibility::Visibility;
use shared::wire::FieldProblem;

use crate::components::edits::{Edit, Edits};
use crate::components::question::{ErrorSummary, TextArea};

/// What `/desk/roadmap/{id}` shows.
///
/// The first form is posted to its own address with `revision` and the [`FIELDS`]; the second one to `…/reviews`.
#[derive(Debug, Clone)]
pub struct DeskRoadmapItem {
    /// The item as stored.
    pub item: Item,
    /// What stands in the form: as stored or as typed.
    pub typed: TypedItem,
    /// Its revision as stored now.
    pub revision: u32,
    /// The KPI rows to choose from: id and name.
    pub kpis: Vec<(String, String)>,
    /// The half-years, latest first.
    pub reviews: Vec<ReviewLine>,
    /// What is wrong, by field. A problem of no field (somebody else changed it) has an empty `field`.
    pub problems: Vec<FieldProblem>,
    /// Its changes, latest first.
    pub edits: Vec<Edit>,
}

/// A half-year that can be reviewed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewLine {
    /// The half-year in words.
    pub label: String,
    /// What is stored, or what was typed.
    pub typed: TypedReview,
}

/// The words and the hint of each of the [`FIELDS`].
const WORDS: [(&str, &str); FIELDS.len()] = [
    ("取組方針", ""),
    (
        "工程",
        "1行に1つ書きます。「2026H1 説明会を開く」のように時期（2026H1 は令和8年度上半期）を前に、済んだら「2026H1 済 説明会を開く」と書きます。",
    ),
    ("関連するKPI", "この取組が動かす指標を選びます。"),
    ("公開範囲", ""),
    ("備考", ""),
];

/// A field of the roadmap in words.
pub fn field_words(field: &str) -> &str {
    FIELDS.iter().zip(WORDS).find(|(name, _)| **name == field).map_or(field, |(_, (words, _))| words)
}

/// Editing one measure of the plan.
#[component]
pub fn DeskRoadmapItemPage(
    /// What it shows.
    model: DeskRoadmapItem,
) -> impl IntoView {
    let DeskRoadmapItem { item, typed, revision, kpis, reviews, problems, edits } = model;
    let action = format!("/desk/roadmap/{}", item.id);
    let of_review = |field: &str| {
        let line = reviews.iter().find(|line| field.ends_with(&format!(".{}", line.typed.period)));
        line.map(|line| line.label.clone())
    };
    let errors = problems
        .iter()
        .map(|problem| {
            let field = &problem.field;
            let href = if field.is_empty() { String::new() } else { format!("#{field}") };
            let words = of_review(field).unwrap_or_else(|| field_words(field).to_owned());
            (href, words, problem.message.clone())
        })
        .collect();
    let message =
        |field: &str| problems.iter().find(|problem| problem.field == field).map(|problem| problem.message.clone());
    let fields = FIELDS
        .into_iter()
        .zip(WORDS)
        .map(|(name, (label, hint))| {
            let (value, error) = (typed.get(name).to_owned(), message(name));
            view! { <ItemField name label hint value error kpis=kpis.clone() /> }
        })
        .collect_view();
    let lines = reviews
        .into_iter()
        .map(|line| {
            let errors = ["status", "note"].map(|field| message(&format!("{field}.{}", line.typed.period)));
            let errors: Vec<String> = errors.into_iter().flatten().collect();
            let error = (!errors.is_empty()).then(|| errors.join("　"));
            view! { <Review line error /> }
        })
        .collect_view();
    view! {
        <p class="page-context">"プランの工程表　" {item.field} "　" {item.area}</p>
        <h1>{item.measure}</h1>
        <ErrorSummary errors />
        <form class="kpi-form" method="post" action=action.clone() autocomplete="off">
            <input type="hidden" name="revision" value=revision.to_string() />
            {fields}
            <p class="actions">
                <button class="button button--primary" type="submit">"保存する"</button>
                <a class="button" href="/desk/roadmap">"工程表に戻る"</a>
            </p>
        </form>
        <section class="section" aria-labelledby="reviews">
            <h2 id="reviews">"半年ごとの状況"</h2>
            <form class="kpi-form" method="post" action=format!("{action}/reviews") autocomplete="off">
                {lines}
                <p class="actions"><button class="button" type="submit">"状況を保存する"</button></p>
            </form>
        </section>
        <section class="section">
            <h2>"変更の履歴"</h2>
            <Edits edits />
        </section>
    }
    .into_any()
}

#[component]
fn ItemField(
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    value: String,
    error: Option<String>,
    kpis: Vec<(String, String)>,
) -> impl IntoView {
    let described_by = if hint.is_empty() { format!("e-{name}") } else { format!("h-{name} e-{name}") };
    let invalid = error.is_some();
    let input = match name {
        "kpis" => {
            let chosen: Vec<&str> = value.split_whitespace().collect();
            let boxes = kpis.into_iter().map(|(id, words)| {
                let checked = chosen.contains(&id.as_str());
                view! { <label class="choice"><input type="checkbox" name=name value=id checked=checked /> {words}</label> }
            });
            EitherOf3::A(view! { <div id=name class="choices">{boxes.collect_view()}</div> })
        }
        "visibility" => {
            let option = |visibility: Visibility| {
                let code = visibility.code();
                view! { <option value=code selected=value == code>{visibility.label()}</option> }
            };
            let options = [Visibility::Public, Visibility::Prefecture].map(option);
            EitherOf3::B(view! {
                <select id=name name=name aria-describedby=described_by aria-invalid=invalid.then_some("true")>{options}</select>
            })
        }
        _ => {
            let rows = if name == "steps" { 6 } else { 3 };
            let (id, name) = (name.to_owned(), name.to_owned());
            EitherOf3::C(view! { <TextArea id name text=value rows described_by required=false invalid /> })
        }
    };
    let error = error.map(|error| format!("＊{error}"));
    let heading = if name == "kpis" {
        view! { <p class="form-label">{label}</p> }.into_any()
    } else {
        view! { <label for=name>{label}</label> }.into_any()
    };
    view! {
        <div class="form-field">
            {heading}
            {(!hint.is_empty()).then(|| view! { <p class="question-hint" id=format!("h-{name}")>{hint}</p> })}
            {input}
            <p class="question-error" id=format!("e-{name}") hidden=!invalid>{error}</p>
        </div>
    }
    .into_any()
}

#[component]
fn Review(line: ReviewLine, error: Option<String>) -> impl IntoView {
    let ReviewLine { label, typed } = line;
    let TypedReview { period, status, note, revision } = typed;
    let invalid = error.is_some();
    let (status_id, note_id, error_id) =
        (format!("status.{period}"), format!("note.{period}"), format!("e-review.{period}"));
    let option = |one: Status| view! { <option value=one.code() selected=status == one.code()>{one.label()}</option> };
    let options = Status::ALL.map(option);
    let error = error.map(|error| format!("＊{error}"));
    view! {
        <fieldset class="review">
            <legend>{label}</legend>
            <input type="hidden" name="period" value=period.clone() />
            <input type="hidden" name=format!("revision.{period}") value=revision.to_string() />
            <div class="form-field">
                <label for=status_id.clone()>"状況"</label>
                <select id=status_id.clone() name=status_id aria-describedby=error_id.clone()>
                    <option value="" selected=status.is_empty()>"－（記入なし）"</option>
                    {options}
                </select>
            </div>
            <div class="form-field">
                <label for=note_id.clone()>"評価・見直し"</label>
                <TextArea id=note_id.clone() name=note_id text=note rows=2 described_by=error_id.clone() required=false invalid />
            </div>
            <p class="question-error" id=error_id hidden=!invalid>{error}</p>
        </fieldset>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::question::samples::plain;

    #[test]
    fn an_item_is_edited_and_keeps_what_was_typed() {
        let item = Item {
            id: "industry-commerce-1".into(),
            field: "産業・しごと".into(),
            area: "商工業・サービス業".into(),
            survey_area: "industry.commerce".into(),
            measure: "創業への支援".into(),
            steps: vec!["2026H1 済 募集".parse().unwrap()],
            kpis: vec!["b".into()],
            visibility: Visibility::Prefecture,
            note: String::new(),
        };
        let mut typed = TypedItem::of(&item);
        typed.set("steps", "2026H1 済");
        let review =
            TypedReview { period: "2026H1".into(), status: "delayed".into(), note: "</textarea>".into(), revision: 2 };
        let problem = FieldProblem { field: "steps".into(), message: "1行目: 内容が必要です。".into() };
        let model = DeskRoadmapItem {
            item,
            typed,
            revision: 3,
            kpis: vec![("a".into(), "指標ア".into()), ("b".into(), "指標イ".into())],
            reviews: vec![ReviewLine { label: "令和8年度上半期".into(), typed: review }],
            problems: vec![problem],
            edits: Vec::new(),
        };
        let html = plain(view! { <DeskRoadmapItemPage model /> });
        for field in FIELDS {
            assert!(html.contains(&format!("name=\"{field}\"")), "{field}: {html}");
        }
        assert!(html.contains("2026H1 済</textarea>") && html.contains("＊1行目"), "{html}");
        assert!(
            html.contains("value=\"b\" checked") && html.contains("<option value=\"prefecture\" selected"),
            "{html}"
        );
        assert!(html.contains("<option value=\"delayed\" selected") && html.contains("&lt;/textarea&gt;"), "{html}");
        assert!(html.contains("action=\"/desk/roadmap/industry-commerce-1/reviews\"") && !html.contains(" style="));
    }
}
