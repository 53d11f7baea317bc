//! A heading that breaks between phrases and never inside one, also where the browser cannot tell phrases apart.

use leptos::prelude::*;

/// The phrases, one after the other.
#[component]
pub fn Phrases<P>(
    /// In order; a line may end after each.
    phrases: P,
) -> impl IntoView
where
    P: IntoIterator<Item = String>,
{
    phrases.into_iter().map(|phrase| view! { <span class="phrase">{phrase}</span> }).collect_view()
}
