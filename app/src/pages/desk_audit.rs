//! `/desk/audit`: who did what when, with the value before and after.

use leptos::either::Either;
use leptos::prelude::*;
use shared::audit::Act;
use shared::time::Timestamp;

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
    /// The address of all that match, as CSV.
    pub csv: String,
}

/// What the entries are narrowed to: `?about=`, `?year=`, `?municipality=`, `?act=`, `?author=`, `?since=`, `?until=`.
#[derive(Debug, Clone, Default)]
pub struct AuditAsked {
    /// A code of [`ABOUT`], or empty.
    pub about: String,
    /// A year, for responses and rounds.
    pub year: String,
    /// Name or code of a municipality, for responses.
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
    let DeskAudit { asked, entries, older, csv } = model;
    let list = if entries.is_empty() {
        Either::Left(view! { <p>"当てはまる記録はありません。"</p> })
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
        <p class="page-lead">
            "書き換えも削除もできない記録です。記録どうしのつながりは、コマンド「shirabe doctor」で確かめられます。"
        </p>
        <Filter asked />
        {list}
        <p class="actions">
            {older.map(|href| view! { <a class="button" href=href>"これより前の記録"</a> })}
            <a class="button" href=csv>"当てはまる記録をCSVで保存する"</a>
            <a href="/data/all/audit?scope=all">"すべての記録をほかの形式で保存する"</a>
        </p>
    }
    .into_any()
}

#[component]
fn Filter(asked: AuditAsked) -> impl IntoView {
    let options = |all: Vec<(&'static str, &'static str)>, chosen: String| {
        all.into_iter()
            .map(|(code, label)| view! { <option value=code selected={code == chosen}>{label}</option> })
            .collect_view()
    };
    let line = |name: &'static str, label: &'static str, kind: &'static str, value: String| {
        view! {
            <div class="form-field">
                <label for=name>{label}</label>
                <input type=kind id=name name=name value=value />
            </div>
        }
    };
    let AuditAsked { about, year, municipality, act, author, since, until } = asked;
    let acts = Act::ALL.into_iter().map(|act| (act.code(), act.label())).collect();
    view! {
        <form class="filter" method="get" action="/desk/audit">
            <div class="form-field">
                <label for="about">"対象"</label>
                <select id="about" name="about"><option value="">"すべて"</option>{options(ABOUT.to_vec(), about)}</select>
            </div>
            {line("year", "年度（西暦）", "text", year)}
            {line("municipality", "市町村", "text", municipality)}
            <div class="form-field">
                <label for="act">"何を"</label>
                <select id="act" name="act"><option value="">"すべて"</option>{options(acts, act)}</select>
            </div>
            {line("author", "だれが", "text", author)}
            {line("since", "この日から", "date", since)}
            {line("until", "この日まで", "date", until)}
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
        let model =
            DeskAudit { asked, entries: vec![item], older: Some("/desk/audit?before=9".into()), csv: "/x".into() };
        let html = plain(view! { <DeskAuditPage model /> });
        for words in ["企画課 佐藤", "回答の入力・変更", "おいらせ町", "ind_01_1", "－", "&lt;b&gt;1", "before=9"]
        {
            assert!(html.contains(words), "{words}: {html}");
        }
        assert!(html.contains("href=\"/data/all/audit?scope=all\""), "{html}");
        assert!(html.contains("<option value=\"answer\" selected") && !html.contains(" style="));
    }
}
