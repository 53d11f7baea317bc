//! A section's form, checked and saved while it is filled.
//!
//! The server rendered the form; the island never creates or replaces an input. It finds
//! `form[data-section-form]` and
//!
//! - `page`: reads what is typed there and writes what must be seen
//! - `live`: turns events into answers, and answers into relevance and errors
//! - `save`: which answer is sent when, and the form's own submission after them
//! - `put`: sends one answer and says what came of it

#[cfg(feature = "hydrate")]
mod live;
#[cfg(feature = "hydrate")]
mod page;
#[cfg(feature = "hydrate")]
mod put;
#[cfg(feature = "hydrate")]
mod save;

use leptos::prelude::*;
use shared::wire::LiveForm;

/// Status line of a form that saves itself; without WebAssembly it stays empty.
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
    view! {
        <div class="save-status">
            <p role="status" data-save-status=""></p>
            <p data-session-ended="" hidden=true>
                "ログインの有効期限が切れました。入力した内容はこの画面に残っています。"
                <a href="/login" target="_blank">"新しいタブでログインし直す"</a>
                "と、自動で保存します。"
            </p>
        </div>
    }
}
