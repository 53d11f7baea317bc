//! `/desk/kpi/{id}`: editing one row of the KPI ledger.

use leptos::either::Either;
use leptos::prelude::*;
use shared::kpi::Kpi;
use shared::time::Timestamp;
use shared::wire::FieldProblem;

use crate::components::question::{ErrorSummary, TextArea};

/// What `/desk/kpi/{id}` shows.
///
/// The form is posted to its own address with `revision` and the fields of [`Kpi`] that can be edited: `label`,
/// `unit`, `baseline`, `baseline_period`, `target_2028`, `source`, `frequency`, `note`.
#[derive(Debug, Clone)]
pub struct DeskKpi {
    /// The row, as stored or as typed.
    pub kpi: Kpi,
    /// Its revision as stored now.
    pub revision: u32,
    /// What is wrong, by field. A problem of no field (somebody else changed the row) has an empty `field`.
    pub problems: Vec<FieldProblem>,
    /// Its changes, latest first.
    pub history: Vec<KpiChange>,
}

/// One change of a ledger row.
#[derive(Debug, Clone)]
pub struct KpiChange {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub author: String,
    /// What changed; empty for the row's first entry.
    pub fields: Vec<FieldChange>,
}

/// One field's change.
#[derive(Debug, Clone)]
pub struct FieldChange {
    /// Name of the field, e.g. `target_2028`.
    pub field: String,
    /// Before.
    pub from: String,
    /// After.
    pub to: String,
}

/// The fields that can be edited, with their words.
const FIELDS: [(&str, &str, &str); 8] = [
    ("label", "指標名", ""),
    ("unit", "単位", ""),
    ("baseline", "基準値", "公表されている値をそのまま入力してください。不明なときは空欄にします。"),
    ("baseline_period", "基準値の時期", "例：2021年度"),
    ("target_2028", "目標値（2028年度）", "不明なときは空欄にします。"),
    ("source", "出典", ""),
    ("frequency", "調査の頻度", "例：毎年"),
    ("note", "備考", ""),
];

fn words_of(field: &str) -> &str {
    FIELDS.iter().find(|(name, ..)| *name == field).map_or(field, |(_, words, _)| words)
}

/// Editing one row of the KPI ledger.
#[component]
pub fn DeskKpiPage(
    /// What it shows.
    model: DeskKpi,
) -> impl IntoView {
    let DeskKpi { kpi, revision, problems, history } = model;
    let action = format!("/desk/kpi/{}", kpi.id);
    let errors = problems
        .iter()
        .map(|problem| {
            let field = &problem.field;
            let href = if field.is_empty() { String::new() } else { format!("#{field}") };
            (href, words_of(field).to_owned(), problem.message.clone())
        })
        .collect();
    let computed = (!kpi.computed.is_empty())
        .then(|| view! { <p class="notice">"この指標の値は、調査の結果から自動で計算されます。"</p> });
    let title = kpi.label.clone();
    let category = kpi.category;
    let values =
        [kpi.label, kpi.unit, kpi.baseline, kpi.baseline_period, kpi.target_2028, kpi.source, kpi.frequency, kpi.note];
    let fields = FIELDS
        .into_iter()
        .zip(values)
        .map(|((name, label, hint), value)| {
            let error = problems.iter().find(|problem| problem.field == name).map(|problem| problem.message.clone());
            view! { <KpiField name label hint value error /> }
        })
        .collect_view();
    view! {
        <p class="page-context">"KPI台帳　" {category}</p>
        <h1>{title}</h1>
        <ErrorSummary errors />
        {computed}
        <form class="kpi-form" method="post" action=action autocomplete="off">
            <input type="hidden" name="revision" value=revision.to_string() />
            {fields}
            <p class="actions">
                <button class="button button--primary" type="submit">"保存する"</button>
                <a class="button" href="/indicators">"指標のページに戻る"</a>
            </p>
        </form>
        <section class="section">
            <h2>"変更の履歴"</h2>
            <History history />
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
    let input = if name == "note" {
        let (id, name, text, described_by) = (name.to_owned(), name.to_owned(), value, described_by);
        Either::Left(view! { <TextArea id name text rows=3 described_by required=false invalid /> })
    } else {
        Either::Right(view! {
            <input
                class="text-field text-field--line"
                type="text"
                id=name
                name=name
                value=value
                aria-describedby=described_by
                aria-invalid=invalid.then_some("true")
            />
        })
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

#[component]
fn History(history: Vec<KpiChange>) -> impl IntoView {
    if history.is_empty() {
        return Either::Left(view! { <p>"まだ変更されていません。"</p> });
    }
    let items = history
        .into_iter()
        .map(|change| {
            let fields = change
                .fields
                .into_iter()
                .map(|field| {
                    let or_blank = |text: String| if text.is_empty() { "（空欄）".to_owned() } else { text };
                    view! { <li>{words_of(&field.field).to_owned()} "：" {or_blank(field.from)} " → " {or_blank(field.to)}</li> }
                })
                .collect_view();
            view! {
                <li>
                    <span class="timeline-time">{change.at.date_time()}</span>
                    <ul class="timeline-changes">{fields}</ul>
                    <span class="timeline-actor">{change.author}</span>
                </li>
            }
        })
        .collect_view();
    Either::Right(view! { <ol class="timeline">{items}</ol> })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::question::samples::plain;

    #[test]
    fn a_row_is_edited_with_its_history_beside_it() {
        let model = DeskKpi {
            kpi: Kpi {
                id: "mamorin".into(),
                category: "暮らし・まち".into(),
                label: "青森県警察防犯アプリ「まもリン」ダウンロード数".into(),
                unit: "件".into(),
                baseline: String::new(),
                baseline_period: String::new(),
                target_2028: String::new(),
                source: "県警察本部調べ".into(),
                frequency: "毎年".into(),
                note: "</textarea>".into(),
                computed: String::new(),
            },
            revision: 4,
            problems: vec![FieldProblem {
                field: "label".into(), message: "指標名を入力してください。".into()
            }],
            history: vec![KpiChange {
                at: Timestamp::parse_jst("2026-11-22T16:42").unwrap(),
                author: "県担当".into(),
                fields: vec![FieldChange { field: "unit".into(), from: String::new(), to: "件".into() }],
            }],
        };
        let html = plain(view! { <DeskKpiPage model /> });
        for (field, ..) in FIELDS {
            assert!(html.contains(&format!("name=\"{field}\"")), "{field}: {html}");
        }
        assert!(html.contains("name=\"revision\" value=\"4\"") && html.contains("action=\"/desk/kpi/mamorin\""));
        assert!(html.contains("＊指標名を入力してください。") && html.contains("href=\"#label\""));
        assert!(html.contains("単位：（空欄） → 件") && html.contains("県担当"), "{html}");
        assert!(html.contains("&lt;/textarea&gt;</textarea>") && !html.contains(" style="));
    }
}
