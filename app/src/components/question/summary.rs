//! The summary of a refused form: every error, with a link to its field.

use leptos::prelude::*;

/// The errors of a form, first on the page; nothing when there are none.
#[component]
pub fn ErrorSummary(
    /// Address of the field (`#id`; empty when it belongs to none), its name for people, what is wrong.
    errors: Vec<(String, String, String)>,
) -> impl IntoView {
    let count = errors.len();
    (count > 0).then(|| {
        let items = errors
            .into_iter()
            .map(|(href, label, error)| {
                let label = (!href.is_empty()).then(|| view! { <a href=href>{label}</a> "：" });
                view! { <li>{label} {error}</li> }
            })
            .collect_view();
        view! {
            <div class="error-summary" role="alert" tabindex="-1" autofocus=true id="error-summary">
                <p class="error-summary-heading">{format!("入力内容を確認してください（{count}件）")}</p>
                <ul>{items}</ul>
            </div>
        }
    })
}
