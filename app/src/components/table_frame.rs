//! A table that scrolls inside its frame, so that the page itself never scrolls sideways.

use leptos::prelude::*;

/// More columns than this are set smaller on paper.
const MOST_AT_FULL_SIZE: usize = 8;
/// More columns than this do not fit a sheet of paper at all.
const MOST_PRINTED: usize = 16;

/// Whether a table of so many columns is printed.
pub fn is_printed(columns: usize) -> bool {
    columns <= MOST_PRINTED
}

/// The frame of a table; can be reached and scrolled by keyboard.
#[component]
pub fn TableFrame(
    /// What the table holds.
    #[prop(into)]
    label: String,
    /// How many columns it has, where that may be more than a sheet of paper takes.
    #[prop(optional)]
    columns: usize,
    /// The table.
    children: Children,
) -> impl IntoView {
    // Distinct from the section's own name.
    let mut label = label;
    label.insert_str(0, "表：");
    let class = match columns {
        0..=MOST_AT_FULL_SIZE => "table-frame",
        _ if is_printed(columns) => "table-frame table-frame--wide",
        _ => "table-frame table-frame--unprinted",
    };
    view! { <div class=class tabindex="0" role="region" aria-label=label>{children()}</div> }
}
