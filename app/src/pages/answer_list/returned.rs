//! What was sent back, by the prefecture or by the own approver.

use leptos::prelude::*;
use shared::time::Timestamp;

/// What the prefecture sent back.
#[derive(Debug, Clone)]
pub struct ReturnedList {
    /// When.
    pub at: Timestamp,
    /// Words about the response as a whole; may be empty.
    pub note: String,
    /// The questions to be answered again; empty when the whole form was sent back.
    pub items: Vec<ReturnedItem>,
}

/// A question to be answered again.
#[derive(Debug, Clone)]
pub struct ReturnedItem {
    /// Number and text.
    pub words: String,
    /// Its field.
    pub href: String,
    /// Why it was sent back.
    pub reason: String,
    /// Its answer has been changed since.
    pub corrected: bool,
}

/// Why the own approver sent the response back.
#[derive(Debug, Clone)]
pub struct SentBack {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: String,
    /// Why.
    pub reason: String,
}

/// What the prefecture sent back, with the way to each field.
#[component]
pub fn ReturnedBlock(
    /// What.
    list: ReturnedList,
) -> impl IntoView {
    let ReturnedList { at, note, items } = list;
    let count = items.len();
    let (heading, lead) = if items.is_empty() {
        ("県から回答全体が差し戻されました".to_owned(), "すべての設問を直せます。直したら、もう一度提出してください。")
    } else {
        let heading = format!("県から差し戻された設問が {count} 件あります");
        (heading, "直せるのは、次の設問と、その答えによって変わる設問だけです。直したら、もう一度提出してください。")
    };
    let items = items
        .into_iter()
        .map(|item| {
            let done = if item.corrected { "変更済み" } else { "まだ変更していません" };
            view! {
                <li>
                    <a href=item.href>{item.words}</a>
                    <span class="returned-reason">{item.reason}</span>
                    <span class="returned-done">{done}</span>
                </li>
            }
        })
        .collect_view();
    let note = (!note.is_empty()).then(|| view! { <p class="returned-reason">{note}</p> });
    view! {
        <section class="problems returned" id="returned" aria-labelledby="returned-heading">
            <h2 id="returned-heading">{heading}</h2>
            <p>{at.date_time()} "　" {lead}</p>
            {note}
            {(count > 0).then(|| view! { <ol>{items}</ol> })}
        </section>
    }
    .into_any()
}

/// Why the own approver sent it back.
#[component]
pub fn SentBackBlock(
    /// Why.
    sent_back: SentBack,
) -> impl IntoView {
    let SentBack { at, by, reason } = sent_back;
    view! {
        <section class="problems returned" id="sent-back" aria-labelledby="sent-back-heading">
            <h2 id="sent-back-heading">"庁内で差し戻されました"</h2>
            <p>{at.date_time()} "　" {by} "（承認者）"</p>
            <p class="returned-reason">{reason}</p>
        </section>
    }
    .into_any()
}
