//! A section's form, checked and saved while it is filled.
//!
//! The server rendered the form; the island never creates or replaces an input. It finds
//! `form[data-section-form]` and
//!
//! - `page`: reads what is typed there and writes what must be seen
//! - `live`: the answers as typed, and what follows from them
//! - `listen`: turns events into answers
//! - `press`: what the buttons beside a question do
//! - `save`: which answer is sent when, and the form's own submission after them
//! - `request`: sends one answer, or a login, and says what came of it

#[cfg(feature = "hydrate")]
mod listen;
#[cfg(feature = "hydrate")]
mod live;
#[cfg(feature = "hydrate")]
mod page;
#[cfg(feature = "hydrate")]
mod press;
#[cfg(feature = "hydrate")]
mod request;
#[cfg(feature = "hydrate")]
mod save;

use leptos::prelude::*;
use shared::wire::LiveForm;

/// Brings the page's form to life; it shows nothing of its own.
#[island]
pub fn SectionForm(
    /// Rules, saved answers and where to save.
    form: LiveForm,
) -> impl IntoView {
    // After hydration has walked over the island's own markup.
    #[cfg(feature = "hydrate")]
    wasm_bindgen_futures::spawn_local(async move { live::start(form) });
    #[cfg(not(feature = "hydrate"))]
    drop(form);
    view! { <span hidden=true></span> }
}
