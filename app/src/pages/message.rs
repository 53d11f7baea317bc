//! A refusal or an error in words: what happened, what to do.

use leptos::prelude::*;

use crate::components::link::Link;

/// What happened and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The heading, e.g. 「ページが見つかりません」.
    pub heading: String,
    /// What happened.
    pub what_happened: String,
    /// What to do.
    pub what_to_do: String,
    /// Ways on.
    pub links: Vec<Link>,
}

/// A refusal or an error in words.
#[component]
pub fn MessagePage(
    /// What it says.
    model: Message,
) -> impl IntoView {
    let links = model.links.into_iter().map(|link| view! { <li><a href=link.href>{link.label}</a></li> });
    let links = links.collect_view();
    view! {
        <h1>{model.heading}</h1>
        <p class="page-lead">{model.what_happened}</p>
        <p>{model.what_to_do}</p>
        <ul class="link-list">{links}</ul>
    }
    .into_any()
}
