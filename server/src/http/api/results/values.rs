//! `GET /api/v1/results/{year}/questions/{concept}/values`

use app::components::question::in_words;
use axum::extract::Path;
use axum::response::Response;
use shared::response::Cell;
use shared::wire::{NamedMunicipality, Problem, ValueOfMunicipality, ValuesOfQuestion};

use super::edition;
use super::reading::Reading;
use crate::http::refusal::Refusal;
use crate::service::Error;

/// Every municipality's answer, for readers who may see named values.
#[utoipa::path(
    get,
    path = "/api/v1/results/{year}/questions/{concept}/values",
    params(
        ("year" = u16, Path, description = "年度（西暦）"),
        ("concept" = String, Path, description = "概念ID"),
        ("region" = Option<String>, Query, description = "地域"),
        ("kind" = Option<String>, Query, description = "市町村の別"),
        ("band" = Option<String>, Query, description = "人口規模"),
        ("prefecture" = Option<String>, Query, description = "都道府県"),
    ),
    responses(
        (status = OK, body = ValuesOfQuestion),
        (status = NOT_MODIFIED, description = "If-None-Match のETagから変わっていません。"),
        (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
        (status = FORBIDDEN, body = Problem, content_type = "application/problem+json"),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn get(Path((year, concept)): Path<(String, String)>, reading: Reading) -> Result<Response, Refusal> {
    let seen = &reading.seen;
    let (year, variable) = reading.question(&year, &concept)?;
    let filter = reading.filter()?;
    seen.reader.require_named(year.slab, variable)?;
    let answers = year.answers(variable, filter).ok_or(Error::NotFound)?;
    let body = || ValuesOfQuestion {
        edition: edition(seen, year),
        concept: variable.concept.clone(),
        values: answers
            .cells
            .iter()
            .map(|(municipality, cell)| ValueOfMunicipality {
                municipality: NamedMunicipality {
                    code: municipality.code.to_string(),
                    name: municipality.name.clone(),
                },
                state: cell.code().to_owned(),
                words: match cell {
                    Cell::Value(value) => in_words(answers.question, value),
                    state => state.label().to_owned(),
                },
            })
            .collect(),
    };
    Ok(reading.answer(body))
}
