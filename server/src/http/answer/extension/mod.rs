//! `/answer/{year}/extension`: asking for a later deadline.
pub mod get;
pub mod post;

use app::pages::answer_extension::{AnswerExtension, AnswerExtensionPage, ExtensionTyped};
use app::shell::NavSection;
use axum::response::Response;
use leptos::prelude::*;

use crate::http::extensions::steps;
use crate::http::forms::deadline;
use crate::http::page::{Page, Shown};
use crate::http::state::AppState;
use crate::service::answering::Form;
use crate::service::extending::settled;

/// Shows the page with what was typed.
async fn show(state: &AppState, page: &Page, form: &Form, typed: ExtensionTyped) -> Response {
    let model = AnswerExtension {
        year: form.round.year,
        municipality: form.municipality.name.clone(),
        code: form.municipality.code,
        deadline: deadline(form, state.service.clock().now()),
        steps: steps(&form.extension),
        open: form.extension.open_request().is_some(),
        refused: settled(form).map(str::to_owned),
        typed: ExtensionTyped { after: form.extension.last(), ..typed },
    };
    let shown = Shown::new("締切の延長", NavSection::Answer);
    page.show(shown, move || view! { <AnswerExtensionPage model=model.clone() /> }).await
}
