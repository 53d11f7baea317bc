//! What was asked for and decided about a municipality's deadline.

use leptos::prelude::*;
use shared::response::ExtensionStep;
use shared::time::Timestamp;

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtensionStepWords {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub author: String,
    /// Which step.
    pub step: ExtensionStep,
    /// The deadline asked for or granted.
    pub until: Option<Timestamp>,
    /// Why; may be empty.
    pub reason: String,
}

/// The steps, oldest first.
#[component]
pub fn ExtensionSteps(
    /// They.
    steps: Vec<ExtensionStepWords>,
) -> impl IntoView {
    let items = steps
        .into_iter()
        .map(|ExtensionStepWords { at, author, step, until, reason }| {
            let until = until.map(|until| format!("：{}まで", until.date_time()));
            let reason = (!reason.is_empty()).then(|| view! { <span class="returned-reason">{reason}</span> });
            view! {
                <li>
                    <span class="timeline-time">{at.date_time()}</span>
                    <span>{step.label()} {until} {reason}</span>
                    <span class="timeline-actor">{author}</span>
                </li>
            }
        })
        .collect_view();
    view! { <ol class="timeline">{items}</ol> }.into_any()
}
