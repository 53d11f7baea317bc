//! The revisions of a publication: when, why, and what became of each.

use leptos::prelude::*;
use shared::time::Timestamp;

use crate::components::table_frame::TableFrame;

/// A revision.
#[derive(Debug, Clone, PartialEq)]
pub struct RevisionRow {
    /// Its page; `None` for those who may not see what was taken back.
    pub href: Option<String>,
    /// Counted from 1.
    pub revision: u32,
    /// When it was published.
    pub at: Timestamp,
    /// Why the one before was corrected; empty for the first.
    pub reason: String,
    /// The beginning of its hash.
    pub sha256: String,
    /// It is what everybody sees now.
    pub is_current: bool,
    /// Another one is what everybody sees now.
    pub is_replaced: bool,
    /// When and why it was taken back.
    pub withdrawn: Option<(Timestamp, String)>,
}

impl RevisionRow {
    /// What it is now, in words.
    pub fn standing(&self) -> String {
        match &self.withdrawn {
            Some((at, reason)) => format!("{}に取下げ（{reason}）", at.date()),
            None if self.is_current => "公表中".to_owned(),
            None if self.is_replaced => "訂正版に置き換え".to_owned(),
            None => "以前の版（公表中の版はありません）".to_owned(),
        }
    }
}

/// Every revision with its time, its reason and what became of it.
#[component]
pub fn History(
    /// Latest first.
    rows: Vec<RevisionRow>,
) -> impl IntoView {
    if rows.is_empty() {
        return view! { <p>"まだ公表していません。"</p> }.into_any();
    }
    let rows = rows.into_iter().map(|row| {
        let standing = row.standing();
        let name = format!("第{}版", row.revision);
        let name = match row.href {
            Some(href) => view! { <a href=href>{name}</a> }.into_any(),
            None => name.into_any(),
        };
        let reason = if row.reason.is_empty() { "－".to_owned() } else { row.reason };
        view! {
            <tr>
                <th scope="row" class="keep">{name}</th>
                <td class="keep">{row.at.date_time()}</td>
                <td>{reason}</td>
                <td>{standing}</td>
                <td class="hash">{row.sha256}</td>
            </tr>
        }
    });
    view! {
        <TableFrame label="公表の履歴">
            <table class="table">
                <caption>"公表の履歴"</caption>
                <thead>
                    <tr>
                        <th scope="col">"版"</th>
                        <th scope="col">"公表日時"</th>
                        <th scope="col">"訂正の理由"</th>
                        <th scope="col">"いまの状態"</th>
                        <th scope="col">"ハッシュ"</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </TableFrame>
    }
    .into_any()
}

#[cfg(test)]
pub(crate) mod sample {
    use super::*;

    /// A revision that was published and stands nowhere yet.
    pub fn row(revision: u32) -> RevisionRow {
        RevisionRow {
            href: Some(format!("/publications/2026/{revision}")),
            revision,
            at: Timestamp::parse_jst("2027-03-01T09:00").unwrap(),
            reason: String::new(),
            sha256: "0123456789ab".into(),
            is_current: false,
            is_replaced: false,
            withdrawn: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::sample::row;
    use super::*;
    use crate::components::question::samples::plain;

    #[test]
    fn what_was_taken_back_says_why_and_leads_nobody_to_it_who_may_not_see_it() {
        let withdrawn = Some((Timestamp::parse_jst("2027-03-02T09:00").unwrap(), "誤り".to_owned()));
        let rows = vec![RevisionRow { href: None, withdrawn, ..row(2) }, row(1)];
        let html = plain(view! { <History rows /> });
        assert!(html.contains("取下げ（誤り）") && !html.contains("/publications/2026/2"), "{html}");
        assert!(html.contains("href=\"/publications/2026/1\"") && html.contains("公表中の版はありません"), "{html}");
    }

    #[test]
    fn a_revision_is_replaced_only_where_another_one_is_current() {
        assert_eq!(RevisionRow { is_current: true, ..row(2) }.standing(), "公表中");
        assert_eq!(RevisionRow { is_replaced: true, ..row(1) }.standing(), "訂正版に置き換え");
        assert_eq!(row(1).standing(), "以前の版（公表中の版はありません）");
    }
}
