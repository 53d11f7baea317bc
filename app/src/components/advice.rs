//! Q&A: what was asked, and what the prefecture answered everybody.

use leptos::prelude::*;

/// A question that was asked, and what the prefecture answered everybody.
#[derive(Debug, Clone)]
pub struct Advice {
    /// What was asked.
    pub asked: String,
    /// What was answered.
    pub answer: String,
}

/// The answers, folded; nothing where there are none.
#[component]
pub fn AdviceList(
    /// What they are about, 「この設問」.
    about: &'static str,
    /// In the order in which they were given.
    advice: Vec<Advice>,
) -> impl IntoView {
    if advice.is_empty() {
        return ().into_any();
    }
    let summary = format!("{about}のQ&A（{}件）", advice.len());
    let items = advice.into_iter().map(|Advice { asked, answer }| {
        view! {
            <dt>"問　" {asked}</dt>
            <dd>"答　" {answer}</dd>
        }
    });
    view! {
        <details class="advice">
            <summary>{summary}</summary>
            <dl>{items.collect_view()}</dl>
        </details>
    }
    .into_any()
}
