//! What was changed in a row of a register, when and by whom.

use leptos::either::Either;
use leptos::prelude::*;
use shared::time::Timestamp;

/// One change of a row.
#[derive(Debug, Clone)]
pub struct Edit {
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
    /// The field in words.
    pub field: String,
    /// Before.
    pub from: String,
    /// After.
    pub to: String,
}

/// The changes, in the order given.
#[component]
pub fn Edits(
    /// The changes.
    edits: Vec<Edit>,
) -> impl IntoView {
    if edits.is_empty() {
        return Either::Left(view! { <p>"まだ変更されていません。"</p> });
    }
    let items = edits
        .into_iter()
        .map(|change| {
            let fields = change
                .fields
                .into_iter()
                .map(|field| {
                    let or_blank = |text: String| if text.is_empty() { "（空欄）".to_owned() } else { text };
                    view! { <li>{field.field} "：" {or_blank(field.from)} " → " {or_blank(field.to)}</li> }
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
