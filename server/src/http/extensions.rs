//! View models of extensions, shared by the municipality's side and the prefecture's.

use app::components::extension_steps::ExtensionStepWords;
use axum::http::StatusCode;
use shared::wire::FieldProblem;

use super::refusal::Refusal;
use crate::service::Error;
use crate::store::{Extension, ExtensionEvent};

/// What was asked for and decided, oldest first.
pub fn steps(extension: &Extension) -> Vec<ExtensionStepWords> {
    let words = |event: &ExtensionEvent| ExtensionStepWords {
        at: event.at,
        author: event.by.name.clone(),
        step: event.step,
        until: event.until,
        reason: event.reason.clone(),
    };
    extension.events.iter().map(words).collect()
}

/// What a refused step leaves on the page; `changed` says what came in between. Other errors stay errors.
pub fn refused(error: Error, changed: &str) -> Result<(StatusCode, Vec<FieldProblem>), Refusal> {
    match error {
        Error::Invalid(problems) => Ok((StatusCode::UNPROCESSABLE_ENTITY, problems)),
        Error::Changed => {
            Ok((StatusCode::CONFLICT, vec![FieldProblem { field: String::new(), message: changed.to_owned() }]))
        }
        other => Err(other.into()),
    }
}
