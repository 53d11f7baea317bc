//! `GET /api/v1/results/{year}/exploration`

use axum::Json;
use axum::extract::{Path, RawQuery, State};
use shared::exploration::finding::{CountRow, Finding};
use shared::wire::{
    CountedRow, EffectResult, ExplorationResult, FieldProblem, FindingResult, NamedInterval, TestResult,
};

use super::parameters::ExplorationParameters;
use crate::http::api::parameters::Year;
use crate::http::auth::Account;
use crate::http::exploration::asked::Asked;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;
use crate::service::results::Edition;

/// Tests of a year's results under a stated chance model, for members, analysts and officers.
///
/// The query is that of the page `/results/{year}/explore`.
#[utoipa::path(
    get,
    path = "/api/v1/results/{year}/exploration",
    tag = "results",
    params(Year, ExplorationParameters),
    responses(
        (status = OK, body = ExplorationResult),
        (status = UNAUTHORIZED, body = shared::wire::Problem, content_type = "application/problem+json"),
        (status = FORBIDDEN, body = shared::wire::Problem, content_type = "application/problem+json"),
        (status = NOT_FOUND, body = shared::wire::Problem, content_type = "application/problem+json"),
        (status = UNPROCESSABLE_ENTITY, body = shared::wire::Problem, content_type = "application/problem+json"),
    )
)]
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    Path(year): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Json<ExplorationResult>, Refusal> {
    let asked = Asked::of(&state.service, &account, &year, query.as_deref()).await?;
    let exploration = asked.answer().map_err(|problems| {
        let problem = |p: shared::exploration::Problem| FieldProblem { field: p.field.to_owned(), message: p.message };
        Error::Invalid(problems.into_iter().map(problem).collect())
    })?;
    let result = asked.result()?;
    Ok(Json(ExplorationResult {
        year: asked.year.year(),
        provisional: result.edition == Edition::Provisional,
        demonstration: result.snapshot.demonstration,
        chance: exploration.terms.chance.code().to_owned(),
        assumption: exploration.terms.chance.assumption().to_owned(),
        alternative: exploration.terms.alternative.code().to_owned(),
        adjustment: exploration.terms.adjustment.code().to_owned(),
        family: exploration.family(),
        findings: exploration.findings.into_iter().map(finding).collect(),
    }))
}

fn finding(finding: Finding) -> FindingResult {
    let Finding { heading, statement, counts, effects, tests, adjusted, reading, remarks } = finding;
    let (columns, rows) = counts.map_or_else(Default::default, |counts| (counts.columns, counts.rows));
    FindingResult {
        heading,
        statement,
        columns,
        rows: rows.into_iter().map(row).collect(),
        effects: effects
            .into_iter()
            .map(|effect| EffectResult {
                method: effect.method.code().to_owned(),
                value: effect.value,
                lower: effect.interval.map(|interval| interval.lower),
                upper: effect.interval.map(|interval| interval.upper),
            })
            .collect(),
        tests: tests
            .into_iter()
            .map(|test| TestResult {
                method: test.method.code().to_owned(),
                statistic: test.statistic,
                degrees_of_freedom: test.degrees_of_freedom,
                p_value: test.p_value,
            })
            .collect(),
        adjusted_p_value: adjusted,
        reading,
        remarks,
    }
}

fn row(row: CountRow) -> CountedRow {
    let interval = |(method, interval): (shared::exploration::finding::Method, shared::statistics::Interval)| {
        NamedInterval { method: method.code().to_owned(), lower: interval.lower, upper: interval.upper }
    };
    CountedRow {
        label: row.label,
        n: row.determined,
        register: row.register,
        counts: row.counts,
        median: row.median,
        intervals: row.intervals.into_iter().map(interval).collect(),
    }
}
