//! `/desk/audit`: who did what when, with the value before and after.

use leptos::either::Either;
use leptos::prelude::*;
use shared::audit::Act;
use shared::time::Timestamp;
use shared::wire::FieldProblem;

use crate::components::form_field::summary;
use crate::components::question::ErrorSummary;
use crate::components::table_frame::TableFrame;

/// What `/desk/audit` shows.
#[derive(Debug, Clone)]
pub struct DeskAudit {
    /// What it is narrowed to, as typed.
    pub asked: AuditAsked,
    /// The entries, latest first.
    pub entries: Vec<AuditItem>,
    /// The address of the entries before these; `None` at the end.
    pub older: Option<String>,
    /// The address of all that match, as CSV; `None` where what is asked for cannot be read.
    pub csv: Option<String>,
    /// What cannot be read.
    pub problems: Vec<FieldProblem>,
}

/// What the entries are narrowed to: `?about=`, `?year=`, `?municipality=`, `?act=`, `?author=`, `?since=`, `?until=`.
#[derive(Debug, Clone, Default)]
pub struct AuditAsked {
    /// A code of [`ABOUT`], or empty.
    pub about: String,
    /// A year: its round and the responses in it.
    pub year: String,
    /// Name or code of a municipality: its responses and its settings.
    pub municipality: String,
    /// Code of an act, or empty.
    pub act: String,
    /// Part of a name.
    pub author: String,
    /// First day, `YYYY-MM-DD`.
    pub since: String,
    /// Last day, `YYYY-MM-DD`.
    pub until: String,
}

/// What entries may be about: codes and words.
pub const ABOUT: [(&str, &str); 7] = [
    ("response", "市町村の回答"),
    ("round", "調査"),
    ("municipality", "市町村の設定"),
    ("account", "アカウント"),
    ("kpi", "KPI台帳"),
    ("roadmap", "工程表"),
    ("installation", "登録した資料"),
];

/// Fields of the form and their labels.
const FIELDS: [(&str, &str); 7] = [
    ("about", "対象"),
    ("year", "年度（西暦）"),
    ("municipality", "市町村"),
    ("act", "何を"),
    ("author", "だれが"),
    ("since", "この日から"),
    ("until", "この日まで"),
];

/// One entry.
#[derive(Debug, Clone)]
pub struct AuditItem {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub author: String,
    /// What was done, in words.
    pub act: String,
    /// What it belongs to, in words.
    pub about: String,
    /// What of it.
    pub object: String,
    /// The value before.
    pub from: Option<String>,
    /// The value after.
    pub to: Option<String>,
}

/// The audit log.
#[component]
pub fn DeskAuditPage(
    /// What it shows.
    model: DeskAudit,
) -> impl IntoView {
    let DeskAudit { asked, entries, older, csv, problems } = model;
    let errors = summary(&problems, "", &FIELDS);
    let list = if entries.is_empty() {
        let words = if problems.is_empty() {
            "当てはまる記録はありません。"
        } else {
            "条件を読み取れないため、記録を表示していません。示した欄を直して、もう一度絞り込んでください。"
        };
        Either::Left(view! { <p>{words}</p> })
    } else {
        let rows = entries.into_iter().map(|item| view! { <Row item /> }).collect_view();
        Either::Right(view! {
            <TableFrame label="監査記録">
                <table class="table audit">
                    <thead>
                        <tr>
                            <th scope="col">"日時"</th>
                            <th scope="col">"だれが"</th>
                            <th scope="col">"何を"</th>
                            <th scope="col">"対象"</th>
                            <th scope="col">"前の値"</th>
                            <th scope="col">"後の値"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </TableFrame>
        })
    };
    view! {
        <p class="page-context"><a href="/desk">"県の管理"</a></p>
        <h1>"監査記録"</h1>
        <ErrorSummary errors />
        <p class="page-lead">
            "書き換えも削除もできない記録です。記録どうしのつながりは、コマンド「shirabe doctor」で確かめられます。"
        </p>
        <Filter asked problems />
        {list}
        <p class="actions">
            {older.map(|href| view! { <a class="button" href=href>"これより前の記録"</a> })}
            {csv.map(|href| view! { <a class="button" href=href>"当てはまる記録をCSVで保存する"</a> })}
            <a href="/data/all/audit?scope=all">"すべての記録をほかの形式で保存する"</a>
        </p>
    }
    .into_any()
}

#[component]
fn Filter(asked: AuditAsked, problems: Vec<FieldProblem>) -> impl IntoView {
    let error = |name: &str| problems.iter().find(|p| p.field == name).map(|p| format!("＊{}", p.message));
    let field = |(name, label): (&'static str, &'static str), control: AnyView| {
        let error = error(name).map(|error| view! { <p class="question-error" id=format!("e-{name}")>{error}</p> });
        view! {
            <div class="form-field">
                <label for=name>{label}</label>
                {control}
                {error}
            </div>
        }
        .into_any()
    };
    let told = |name: &'static str| {
        let invalid = error(name).is_some();
        (invalid, invalid.then(|| format!("e-{name}")))
    };
    let choice = |of: (&'static str, &'static str), all: Vec<(&'static str, &'static str)>, chosen: String| {
        let (invalid, described_by) = told(of.0);
        let options = all
            .into_iter()
            .map(|(code, label)| view! { <option value=code selected={code == chosen}>{label}</option> })
            .collect_view();
        let select = view! {
            <select id=of.0 name=of.0 aria-invalid=invalid.then_some("true") aria-describedby=described_by>
                <option value="">"すべて"</option>
                {options}
            </select>
        };
        field(of, select.into_any())
    };
    let line = |of: (&'static str, &'static str), kind: &'static str, value: String| {
        let (invalid, described_by) = told(of.0);
        // A field for dates would not show what is none.
        let kind = if invalid { "text" } else { kind };
        let input = view! {
            <input
                type=kind
                id=of.0
                name=of.0
                value=value
                aria-invalid=invalid.then_some("true")
                aria-describedby=described_by
            />
        };
        field(of, input.into_any())
    };
    let [for_about, for_year, for_municipality, for_act, for_author, for_since, for_until] = FIELDS;
    let AuditAsked { about, year, municipality, act, author, since, until } = asked;
    let acts = Act::ALL.into_iter().map(|act| (act.code(), act.label())).collect();
    view! {
        <form class="filter" method="get" action="/desk/audit">
            {choice(for_about, ABOUT.to_vec(), about)}
            {line(for_year, "text", year)}
            {line(for_municipality, "text", municipality)}
            {choice(for_act, acts, act)}
            {line(for_author, "text", author)}
            {line(for_since, "date", since)}
            {line(for_until, "date", until)}
            <button class="button" type="submit">"絞り込む"</button>
        </form>
    }
    .into_any()
}

#[component]
fn Row(item: AuditItem) -> impl IntoView {
    let AuditItem { at, author, act, about, object, from, to } = item;
    let value = |value: Option<String>| value.unwrap_or_else(|| "－".to_owned());
    view! {
        <tr>
            <td>{at.date_time()}</td>
            <td>{author}</td>
            <td>{act}</td>
            <td class="text">{about} " " <span class="audit-object">{object}</span></td>
            <td class="text audit-value">{value(from)}</td>
            <td class="text audit-value">{value(to)}</td>
        </tr>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::question::samples::plain;

    #[test]
    fn an_entry_says_who_did_what_to_what_and_from_what_to_what() {
        let item = AuditItem {
            at: Timestamp::parse_jst("2026-11-22T16:42").unwrap(),
            author: "企画課 佐藤".into(),
            act: Act::Answer.label().into(),
            about: "令和8年度（2026年度） おいらせ町の回答".into(),
            object: "ind_01_1".into(),
            from: None,
            to: Some("<b>1</b>".into()),
        };
        let asked = AuditAsked { about: "response".into(), act: "answer".into(), ..AuditAsked::default() };
        let model = DeskAudit {
            asked,
            entries: vec![item],
            older: Some("/desk/audit?before=9".into()),
            csv: Some("/x".into()),
            problems: Vec::new(),
        };
        let html = plain(view! { <DeskAuditPage model /> });
        for words in ["企画課 佐藤", "回答の入力・変更", "おいらせ町", "ind_01_1", "－", "&lt;b&gt;1", "before=9"]
        {
            assert!(html.contains(words), "{words}: {html}");
        }
        assert!(html.contains("href=\"/data/all/audit?scope=all\""), "{html}");
        assert!(html.contains("<option value=\"answer\" selected") && !html.contains(" style="));
    }

    #[test]
    fn what_cannot_be_read_stays_typed_and_is_told_at_its_field() {
        let asked = AuditAsked { since: "2026-13-01".into(), ..AuditAsked::default() };
        let problem = FieldProblem { field: "since".into(), message: "日付ではありません。".into() };
        let model = DeskAudit { asked, entries: Vec::new(), older: None, csv: None, problems: vec![problem] };
        let html = plain(view! { <DeskAuditPage model /> });
        for words in ["id=\"e-since\"", "＊日付ではありません。", "value=\"2026-13-01\"", "href=\"#since\""]
        {
            assert!(html.contains(words), "{words}: {html}");
        }
        assert!(!html.contains("当てはまる記録"), "{html}");
    }
}
