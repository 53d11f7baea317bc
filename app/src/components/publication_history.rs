//! The revisions of a publication: when, why, and what became of each.

use leptos::prelude::*;
use shared::time::Timestamp;

use crate::components::table_frame::TableFrame;

/// A revision.
#[derive(Debug, Clone, PartialEq)]
pub struct RevisionRow {
    /// Its page.
    pub href: String,
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
    /// When and why it was taken back.
    pub withdrawn: Option<(Timestamp, String)>,
}

impl RevisionRow {
    /// What it is now, in words.
    pub fn standing(&self) -> String {
        match &self.withdrawn {
            Some((at, reason)) => format!("{}に取下げ（{reason}）", at.date()),
            None if self.is_current => "公表中".to_owned(),
            None => "訂正版に置き換え".to_owned(),
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
        let reason = if row.reason.is_empty() { "－".to_owned() } else { row.reason };
        view! {
            <tr>
                <th scope="row" class="keep"><a href=row.href>{format!("第{}版", row.revision)}</a></th>
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
