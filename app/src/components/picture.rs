//! A chart in both layouts: the style shows the one that fits.

use leptos::prelude::*;

use crate::chart::{Frame, Layout};

/// Draws a chart once for each layout.
#[component]
pub fn Picture<D>(
    /// Begins the ids of both drawings.
    #[prop(into)]
    id: String,
    /// Generated data: written into the picture.
    demonstration: bool,
    /// Draws the chart: trusted markup, because charts escape what they write.
    draw: D,
) -> impl IntoView
where
    D: Fn(Frame<'_>) -> String,
{
    let wide = Frame { id: &id, layout: Layout::Wide, demonstration };
    let narrow_id = format!("{id}-narrow");
    let narrow = Frame { id: &narrow_id, layout: Layout::Narrow, demonstration };
    let markup = format!("{}{}", draw(wide), draw(narrow));
    view! { <div class="picture" inner_html=markup></div> }
}
