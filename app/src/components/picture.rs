//! A chart in both layouts: the style shows the one that fits.

use leptos::nonce::use_nonce;
use leptos::prelude::*;

use crate::chart::{Frame, Layout};

/// File name of the script that says what a picture's marks stand for; pictures say the same without it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureScript(pub String);

/// Draws a chart once for each layout.
#[expect(clippy::needless_pass_by_value, reason = "a component owns what it shows")]
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
    let wide = Frame { id: &id, layout: Layout::Wide, demonstration, around: None };
    let narrow_id = format!("{id}-narrow");
    let narrow = Frame { id: &narrow_id, layout: Layout::Narrow, demonstration, around: None };
    let markup = format!("{}{}", draw(wide), draw(narrow));
    // A module is run once, however many pictures ask for it.
    let script = use_context::<PictureScript>().filter(|PictureScript(name)| !name.is_empty()).map(|script| {
        let source = format!("/assets/{}", script.0);
        view! { <script type="module" src=source nonce=use_nonce()></script> }
    });
    view! {
        <div class="picture" inner_html=markup></div>
        {script}
    }
}
