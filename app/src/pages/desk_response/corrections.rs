//! What came of a return: what changed since, and what did not.

use leptos::prelude::*;
use shared::time::Timestamp;

use crate::components::table_frame::TableFrame;

/// What came of the last return.
#[derive(Debug, Clone)]
pub struct CorrectionsWords {
    /// When it was sent back.
    pub returned_at: Timestamp,
    /// Words about the response as a whole; may be empty.
    pub note: String,
    /// When it was handed in again; `None` while it is being corrected.
    pub again_at: Option<Timestamp>,
    /// The answers that changed, in the questionnaire's order.
    pub changed: Vec<CorrectedRow>,
    /// Questions sent back whose answers stayed as they were: name, number and text, reason.
    pub untouched: Vec<(String, String, String)>,
}

/// An answer that changed.
#[derive(Debug, Clone)]
pub struct CorrectedRow {
    /// Name of the question.
    pub name: String,
    /// Its number and text.
    pub words: String,
    /// Why it was sent back; `None` for one that changed along with others.
    pub reason: Option<String>,
    /// The answer as it was read before.
    pub before: String,
    /// The answer now.
    pub after: String,
    /// Who changed it last.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// What changed since the response was sent back, and which questions stayed as they were.
#[component]
pub fn CorrectionsBlock(
    /// What came of it.
    corrections: CorrectionsWords,
) -> impl IntoView {
    let CorrectionsWords { returned_at, note, again_at, changed, untouched } = corrections;
    let heading = if again_at.is_some() { "差戻し後の変更" } else { "差戻し後の変更（修正中）" };
    let until = again_at.map_or_else(
        || "まだ再提出されていません。".to_owned(),
        |at| format!("{} に再提出されました。", at.date_time()),
    );
    let note = (!note.is_empty()).then(|| view! { <p class="returned-reason">{note}</p> });
    let nothing = changed.is_empty().then(|| view! { <p>"変わった回答はありません。"</p> });
    let table = (!changed.is_empty()).then(|| view! { <ChangedTable changed /> });
    let untouched = (!untouched.is_empty()).then(|| {
        let items = untouched
            .into_iter()
            .map(|(name, words, reason)| {
                view! { <li><a href=format!("#a-{name}")>{words}</a> <span class="returned-reason">{reason}</span></li> }
            })
            .collect_view();
        view! { <h3>"差し戻した設問のうち、変わっていないもの"</h3> <ul class="untouched">{items}</ul> }
    });
    view! {
        <section class="section corrections" id="corrections" aria-labelledby="corrections-heading">
            <h2 id="corrections-heading">{heading}</h2>
            <p>{returned_at.date_time()} " に差し戻しました。" {until}</p>
            {note}
            {nothing}
            {table}
            {untouched}
        </section>
    }
    .into_any()
}

#[component]
fn ChangedTable(changed: Vec<CorrectedRow>) -> impl IntoView {
    let rows = changed
        .into_iter()
        .map(|row| {
            let reason = row.reason.map(|reason| view! { <span class="returned-reason">"理由：" {reason}</span> });
            view! {
                <tr>
                    <th scope="row" class="text"><a href=format!("#a-{}", row.name)>{row.words}</a> {reason}</th>
                    <td class="text">{row.before}</td>
                    <td class="text"><strong>{row.after}</strong></td>
                    <td>{row.by}</td>
                    <td>{row.at.date_time()}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <TableFrame label="差戻し後に変わった回答">
            <table class="table">
                <caption>"差戻し後に変わった回答"</caption>
                <thead>
                    <tr>
                        <th scope="col">"設問"</th>
                        <th scope="col">"変更前"</th>
                        <th scope="col">"変更後"</th>
                        <th scope="col">"変更した人"</th>
                        <th scope="col">"日時"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </TableFrame>
    }
    .into_any()
}
