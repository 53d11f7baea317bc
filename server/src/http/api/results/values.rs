//! `GET /api/v1/results/{year}/questions/{concept}/values`

use app::components::question::in_words;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use shared::municipality::Municipality;
use shared::response::Cell;
use shared::wire::{NamedMunicipality, Problem, ValueOfMunicipality, ValuesOfQuestion};

use super::edition;
use super::reading::Reading;
use crate::http::api::paging::{PageParameters, Paging};
use crate::http::api::parameters::{Concept, Conditions, Year};
use crate::http::refusal::Refusal;
use crate::service::Error;

/// Every municipality's answer, for readers who may see named values.
#[utoipa::path(
    get,
    path = "/api/v1/results/{year}/questions/{concept}/values",
    tag = "results",
    params(Year, Concept, Conditions, PageParameters),
    responses(
        (status = OK, body = ValuesOfQuestion),
        (status = FORBIDDEN, body = Problem, content_type = "application/problem+json"),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn get(
    Path((year, concept)): Path<(String, String)>,
    reading: Reading,
    paging: Paging,
) -> Result<Response, Refusal> {
    let seen = &reading.seen;
    let (year, variable) = reading.question(&year, &concept)?;
    let filter = reading.filter()?;
    seen.reader.require_named(year.slab, variable)?;
    let answers = year.answers(variable, filter).ok_or(Error::NotFound)?;
    let page = paging.of_total(answers.cells.len());
    let value = |(municipality, cell): &(&Municipality, &Cell)| ValueOfMunicipality {
        municipality: NamedMunicipality { code: municipality.code.to_string(), name: municipality.name.clone() },
        state: cell.code().to_owned(),
        words: match cell {
            Cell::Value(value) => in_words(answers.question, value),
            state => state.label().to_owned(),
        },
    };
    let body = || ValuesOfQuestion {
        edition: edition(seen, year),
        concept: variable.concept.clone(),
        values: page.part(answers.cells.iter().map(value)),
    };
    let answer = reading.answer(body);
    Ok((page, answer).into_response())
}
