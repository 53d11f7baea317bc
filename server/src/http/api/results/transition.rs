//! `GET /api/v1/results/{year}/transitions/{concept}`

use axum::extract::Path;
use axum::response::Response;
use shared::municipality::MunicipalityCode;
use shared::tabulation::{Comparability, Count, Refusal as Unreleased};
use shared::wire::{NamedMunicipality, Problem, TransitionResult};

use super::edition;
use super::reading::Reading;
use crate::http::api::parameters::{Concept, Year};
use crate::http::forms::parse_year;
use crate::http::refusal::Refusal;
use crate::http::results::seen::{Seen, SeenYear};
use crate::service::Error;

/// Who started and who stopped since an earlier year: by default the year before.
#[utoipa::path(
    get,
    path = "/api/v1/results/{year}/transitions/{concept}",
    tag = "results",
    params(
        Year,
        Concept,
        ("since" = Option<u16>, Query, description = "比べる前の年度（西暦）。省略時は1つ前の年度"),
    ),
    responses(
        (status = OK, body = TransitionResult),
        (status = FORBIDDEN, body = Problem, content_type = "application/problem+json"),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
        (status = CONFLICT, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn get(Path((year, concept)): Path<(String, String)>, reading: Reading) -> Result<Response, Refusal> {
    let seen = &reading.seen;
    let (year, variable) = reading.question(&year, &concept)?;
    let since = match reading.asked.value("since") {
        "" => seen.results.cube.year_before(year.slab.year()),
        since => seen.results.cube.year(parse_year(since)?).filter(|slab| slab.year() < year.slab.year()),
    };
    let since = since.ok_or(Error::NotFound)?;
    let positive = variable.doing().ok_or(Unreleased::NotComparable(Comparability::KindDiffers))?;
    let table = seen.reader.transition(&seen.results.cube, variable, (since, year.slab), &positive)?;
    let positive = positive.codes().iter().filter_map(|code| variable.choices.get(usize::from(*code)));
    let body = || TransitionResult {
        edition: edition(seen, year),
        concept: variable.concept.clone(),
        since: since.year().year(),
        positive: positive.map(|choice| choice.name.clone()).collect(),
        register: table.register,
        elsewhere: table.elsewhere,
        counts: table.counts.iter().map(|row| row.iter().map(|count: &Count| count.shown()).collect()).collect(),
        started: named(seen, year, &table.started),
        stopped: named(seen, year, &table.stopped),
    };
    Ok(reading.answer(body))
}

fn named(seen: &Seen, year: SeenYear<'_>, codes: &[MunicipalityCode]) -> Vec<NamedMunicipality> {
    let municipality = |code: &MunicipalityCode| {
        let place = seen.results.cube.codes().binary_search(code).ok()?;
        let municipality = year.slab.register().get(place)?.as_ref()?;
        Some(NamedMunicipality { code: code.to_string(), name: municipality.name.clone() })
    };
    codes.iter().filter_map(municipality).collect()
}
