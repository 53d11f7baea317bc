//! `/desk/kpi/{id}`: editing one row of the KPI ledger and its values.
//!
//! - `values`: the values by period

mod values;

use leptos::either::{Either, EitherOf3};
use leptos::prelude::*;
use shared::kpi::{FIELDS, Frequency, Kpi, TypedKpi};
use shared::wire::FieldProblem;

pub use self::values::ValueLine;
use self::values::Values;
use crate::components::edits::{Edit, Edits};
use crate::components::question::{ErrorSummary, TextArea};

/// What `/desk/kpi/{id}` shows.
///
/// The first form is posted to its own address with `revision` and the [`FIELDS`]; the second one to `…/values`.
#[derive(Debug, Clone)]
pub struct DeskKpi {
    /// The row as stored.
    pub kpi: Kpi,
    /// What stands in the form: as stored or as typed.
    pub typed: TypedKpi,
    /// Its revision as stored now.
    pub revision: u32,
    /// The periods that values can be entered for; none where it is not known how often it is measured.
    pub values: Vec<ValueLine>,
    /// What is wrong, by field. A problem of no field (somebody else changed the row) has an empty `field`.
    pub problems: Vec<FieldProblem>,
    /// Its changes, latest first.
    pub edits: Vec<Edit>,
}

/// The words and the hint of each of the [`FIELDS`].
const WORDS: [(&str, &str); FIELDS.len()] = [
    ("指標名", ""),
    ("単位", ""),
    ("基準値", "公表されている値をそのまま入力してください。不明なときは空欄にします。"),
    ("基準値の時期", "例：2021年度"),
    ("目標値（2028年度）", "不明なときは空欄にします。"),
    ("出典", ""),
    ("担当課", "値を入力する課です。"),
    ("測る頻度", "決まると、その時期ごとに値を入力できます。"),
    ("基準日", "ある回の値がいつの時点のものかを、2026-04-01 の形で入力します。ほかの回の基準日は頻度から決まります。"),
    ("備考", ""),
];

/// A field of the ledger in words.
pub fn field_words(field: &str) -> &str {
    FIELDS.iter().zip(WORDS).find(|(name, _)| **name == field).map_or(field, |(_, (words, _))| words)
}

/// Editing one row of the KPI ledger.
#[component]
pub fn DeskKpiPage(
    /// What it shows.
    model: DeskKpi,
) -> impl IntoView {
    let DeskKpi { kpi, typed, revision, values, problems, edits } = model;
    let action = format!("/desk/kpi/{}", kpi.id);
    let errors = problems
        .iter()
        .map(|problem| {
            let field = &problem.field;
            let href = if field.is_empty() { String::new() } else { format!("#{field}") };
            let of_period = |line: &&ValueLine| field.ends_with(&format!(".{}", line.typed.period));
            let words = values.iter().find(of_period).map_or(field_words(field), |line| &line.label);
            (href, words.to_owned(), problem.message.clone())
        })
        .collect();
    let fields = FIELDS
        .into_iter()
        .zip(WORDS)
        .map(|(name, (label, hint))| {
            let error = problems.iter().find(|problem| problem.field == name).map(|problem| problem.message.clone());
            view! { <KpiField name label hint value=typed.get(name).to_owned() error /> }
        })
        .collect_view();
    let values = if kpi.is_computed() {
        Either::Left(view! { <p class="notice">"この指標の値は、調査の結果から自動で計算されます。"</p> })
    } else {
        Either::Right(view! { <Values id=kpi.id.clone() unit=kpi.unit.clone() lines=values problems /> })
    };
    view! {
        <p class="page-context">"KPI台帳　" {kpi.category}</p>
        <h1>{kpi.label}</h1>
        <ErrorSummary errors />
        <form class="kpi-form" method="post" action=action autocomplete="off">
            <input type="hidden" name="revision" value=revision.to_string() />
            {fields}
            <p class="actions">
                <button class="button button--primary" type="submit">"保存する"</button>
                <a class="button" href="/desk/kpi">"台帳に戻る"</a>
            </p>
        </form>
        <section class="section" aria-labelledby="values">
            <h2 id="values">"値"</h2>
            {values}
        </section>
        <section class="section">
            <h2>"変更の履歴"</h2>
            <Edits edits />
        </section>
    }
    .into_any()
}

#[component]
fn KpiField(
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    value: String,
    error: Option<String>,
) -> impl IntoView {
    let described_by = if hint.is_empty() { format!("e-{name}") } else { format!("h-{name} e-{name}") };
    let invalid = error.is_some();
    let input = match name {
        "note" => {
            let (id, name, text, described_by) = (name.to_owned(), name.to_owned(), value, described_by);
            EitherOf3::A(view! { <TextArea id name text rows=3 described_by required=false invalid /> })
        }
        "frequency" => {
            let option = |code: &'static str, words: &'static str| {
                view! { <option value=code selected=value == code>{words}</option> }
            };
            let options = Frequency::ALL.map(|frequency| option(frequency.code(), frequency.label()));
            EitherOf3::B(view! {
                <select id=name name=name aria-describedby=described_by aria-invalid=invalid.then_some("true")>
                    {option("", "－（分からない）")}
                    {options}
                </select>
            })
        }
        _ => EitherOf3::C(view! {
            <input
                class="text-field text-field--line"
                type="text"
                id=name
                name=name
                value=value
                aria-describedby=described_by
                aria-invalid=invalid.then_some("true")
            />
        }),
    };
    let error = error.map(|error| format!("＊{error}"));
    view! {
        <div class="form-field">
            <label for=name>{label}</label>
            {(!hint.is_empty()).then(|| view! { <p class="question-hint" id=format!("h-{name}")>{hint}</p> })}
            {input}
            <p class="question-error" id=format!("e-{name}") hidden=!invalid>{error}</p>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use shared::kpi::TypedValue;
    use shared::time::Timestamp;

    use super::*;
    use crate::components::edits::FieldChange;
    use crate::components::question::samples::plain;

    fn kpi(computed: &str) -> Kpi {
        Kpi {
            id: "mamorin".into(),
            category: "暮らし・まち".into(),
            label: "青森県警察防犯アプリ「まもリン」ダウンロード数".into(),
            unit: "件".into(),
            baseline: String::new(),
            baseline_period: String::new(),
            target_2028: String::new(),
            source: "県警察本部調べ".into(),
            section: String::new(),
            frequency: Some(Frequency::HalfYearly),
            reference_date: None,
            note: "</textarea>".into(),
            computed: computed.into(),
        }
    }

    fn model(computed: &str) -> DeskKpi {
        let kpi = kpi(computed);
        let typed = TypedValue { period: "2026H1".into(), value: "約100".into(), note: String::new(), revision: 2 };
        let problem = |field: &str, message: &str| FieldProblem { field: field.into(), message: message.into() };
        DeskKpi {
            typed: TypedKpi::of(&kpi),
            kpi,
            revision: 4,
            values: vec![ValueLine { label: "令和8年度上半期".into(), typed }],
            problems: vec![problem("label", "指標名を入力してください。"), problem("value.2026H1", "15桁までの数")],
            edits: vec![Edit {
                at: Timestamp::parse_jst("2026-11-22T16:42").unwrap(),
                author: "県担当".into(),
                fields: vec![
                    FieldChange { field: "単位".into(), from: String::new(), to: "件".into() },
                    FieldChange { field: "令和7年度下半期の値".into(), from: "1".into(), to: "2".into() },
                ],
            }],
        }
    }

    #[test]
    fn a_row_is_edited_with_its_history_beside_it() {
        let html = plain(view! { <DeskKpiPage model=model("") /> });
        for field in FIELDS {
            assert!(html.contains(&format!("name=\"{field}\"")), "{field}: {html}");
        }
        assert!(html.contains("name=\"revision\" value=\"4\"") && html.contains("action=\"/desk/kpi/mamorin\""));
        assert!(html.contains("＊指標名を入力してください。") && html.contains("href=\"#label\""));
        assert!(html.contains("単位：（空欄） → 件") && html.contains("令和7年度下半期の値：1 → 2"), "{html}");
        assert!(html.contains("<option value=\"half-yearly\" selected"), "{html}");
        assert!(html.contains("&lt;/textarea&gt;</textarea>") && !html.contains(" style="));
    }

    #[test]
    fn values_keep_what_was_typed_and_computed_ones_cannot_be() {
        let html = plain(view! { <DeskKpiPage model=model("") /> });
        assert!(html.contains("action=\"/desk/kpi/mamorin/values\"") && html.contains("value=\"約100\""), "{html}");
        assert!(html.contains("href=\"#value.2026H1\"") && html.contains("＊15桁までの数"), "{html}");
        assert!(html.contains("name=\"revision.2026H1\" value=\"2\""), "{html}");
        let html = plain(view! { <DeskKpiPage model=model("engaged-any") /> });
        assert!(!html.contains("/values") && html.contains("自動で計算されます"), "{html}");
        let none = DeskKpi { values: Vec::new(), ..model("") };
        let html = plain(view! { <DeskKpiPage model=none /> });
        assert!(!html.contains("/values") && html.contains("先に上の「測る頻度」"), "{html}");
    }
}
