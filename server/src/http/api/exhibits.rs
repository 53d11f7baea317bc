//! `GET /api/v1/exhibits/…`: the table of every exhibit of the pages `/`, `/compare`, `/results/…` and of the receipt, by the
//! builder of its page.

use app::results::Name;
use axum::Json;
use axum::extract::{Path, RawQuery, State};
use shared::wire::{ExhibitTable, Problem};
use utoipa::IntoParams;
use utoipa::openapi::path::{Parameter, ParameterIn};

use super::comparison::parameters::ComparisonParameters;
use super::parameters::{Concept, Conditions, Year, one_of, part};
use super::tables;
use crate::export::exhibit;
use crate::export::table::Table;
use crate::http::auth::Account;
use crate::http::pictures::found::{Found, find};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;

/// Which exhibit of a question.
struct NameInPath;

impl IntoParams for NameInPath {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        vec![part("name", "図の名前", one_of(Name::ALL.map(Name::code)), "years")]
    }
}

/// A table of the page of published results: the fields, the course over the years, the map.
#[utoipa::path(
    get,
    path = "/api/v1/exhibits/home/{name}",
    tag = "indicators",
    params(("name" = String, Path, description = "`fields`、`course`、`map`", pattern = "^(fields|course|map)$")),
    responses(
        (status = OK, body = ExhibitTable),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn home(State(state): State<AppState>, Path(name): Path<String>) -> Result<Json<ExhibitTable>, Refusal> {
    table(&state, None, &format!("home/{name}"), None).await
}

/// A table of the comparison of a municipality, as the account may see it.
#[utoipa::path(
    get,
    path = "/api/v1/exhibits/compare/{name}",
    tag = "results",
    params(
        (
            "name" = String, Path, description = "`strips`、`radar`、`areas`、`course`、`maturity`", example = "strips",
            pattern = "^(strips|radar|areas|course|maturity)$"
        ),
        ComparisonParameters,
    ),
    responses(
        (status = OK, body = ExhibitTable),
        (status = UNAUTHORIZED, body = Problem, content_type = "application/problem+json"),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
        (status = CONFLICT, body = Problem, content_type = "application/problem+json", description = "比べられない理由"),
    )
)]
pub async fn compare(
    State(state): State<AppState>,
    account: Account,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Json<ExhibitTable>, Refusal> {
    table(&state, Some(account), &format!("compare/{name}"), query).await
}

/// A table of the municipality's own receipt: its place among those of like size.
#[utoipa::path(
    get,
    path = "/api/v1/exhibits/answer/{year}/{name}",
    tag = "results",
    params(
        Year,
        (
            "name" = String, Path, description = "`position`、`provisional`（速報）", example = "position",
            pattern = "^(position|provisional)$"
        ),
    ),
    responses(
        (status = OK, body = ExhibitTable),
        (status = UNAUTHORIZED, body = Problem, content_type = "application/problem+json"),
        (status = FORBIDDEN, body = Problem, content_type = "application/problem+json"),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn answer(
    State(state): State<AppState>,
    account: Account,
    Path((year, name)): Path<(String, String)>,
) -> Result<Json<ExhibitTable>, Refusal> {
    table(&state, Some(account), &format!("answer/{year}/{name}"), None).await
}

/// A table of a question's page, as far as the reader may see.
#[utoipa::path(
    get,
    path = "/api/v1/exhibits/results/{year}/{concept}/{name}",
    tag = "results",
    params(Year, Concept, NameInPath, Conditions),
    responses(
        (status = OK, body = ExhibitTable),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
        (status = CONFLICT, body = Problem, content_type = "application/problem+json", description = "比べられない理由"),
    )
)]
pub async fn results(
    State(state): State<AppState>,
    account: Option<Account>,
    Path((year, concept, name)): Path<(String, String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Json<ExhibitTable>, Refusal> {
    table(&state, account, &format!("results/{year}/{concept}/{name}"), query).await
}

async fn table(
    state: &AppState,
    account: Option<Account>,
    path: &str,
    query: Option<String>,
) -> Result<Json<ExhibitTable>, Refusal> {
    let account = account.as_ref().map(|account| &account.0);
    let Found { exhibit, page } = find(state, account, path, query.as_deref().unwrap_or_default()).await?;
    let table = exhibit::table(&exhibit);
    let rows =
        table.row_count().and_then(|count| tables::rows(&table, 0..usize::try_from(count).unwrap_or(usize::MAX)));
    let table = rows.map_err(|error| Error::Internal(error.to_string()))?;
    Ok(Json(ExhibitTable {
        finding: exhibit.sentence(),
        subtitle: exhibit.subtitle,
        notes: exhibit.notes,
        source: exhibit.source,
        demonstration: exhibit.demonstration,
        page,
        table,
    }))
}
