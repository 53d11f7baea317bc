//! A table that scrolls inside its frame, so that the page itself never scrolls sideways.

use leptos::prelude::*;

/// The frame of a table; can be reached and scrolled by keyboard.
#[component]
pub fn TableFrame(
    /// What the table holds.
    #[prop(into)]
    label: String,
    /// The table.
    children: Children,
) -> impl IntoView {
    // Distinct from the section's own name.
    let mut label = label;
    label.insert_str(0, "表：");
    view! { <div class="table-frame" tabindex="0" role="region" aria-label=label>{children()}</div> }
}
