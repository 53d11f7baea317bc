//! `GET /results/{year}/{concept}/computation`

use app::pages::results::computation::{Counted, QuestionComputation, QuestionComputationPage};
use app::results::{self, computation, encoded};
use app::shell::NavSection;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::values::shown_values;
use crate::http::forms::parse_year;
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::results::asked::Asked;
use crate::http::results::seen::Seen;
use crate::http::state::AppState;
use crate::service::Error;
use crate::service::results::Edition;

/// How the figures of one question were computed, for the municipalities that the address filters.
pub async fn get(
    State(state): State<AppState>,
    page: Page,
    Path((year, concept)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Response, Refusal> {
    let seen = Seen::by(&state.service, page.account.as_ref()).await?;
    let year = seen.year(parse_year(&year)?).ok_or(Error::NotFound)?;
    let variable = seen.variable(&concept)?;
    let asked = Asked::read(query.as_deref().unwrap_or_default());
    let source = year.source();
    let scope = seen.asked(year, variable, &asked.filter, &source);
    let of = year.slab.year();
    let edition = variable.edition(of).or_else(|| variable.editions.values().next_back());
    let path = format!("/results/{}/{}", of.year(), encoded(&variable.concept));
    let filter = asked.filter.query();
    let model = QuestionComputation {
        year: of,
        question: edition.map(|edition| format!("{} {}", edition.number, edition.label)).unwrap_or_default(),
        results: if filter.is_empty() { path.clone() } else { format!("{path}?{filter}") },
        counted: match &asked.invalid {
            Some(invalid) => Err(invalid.to_string()),
            None => counted(&scope).map_err(|refusal| refusal.to_string()),
        },
        methods: scope.names().into_iter().map(|name| (name.heading(), computation::method(name))).collect(),
        sha256: match &year.result.edition {
            Edition::Published { sha256, .. } => Some(sha256.clone()),
            Edition::Provisional => None,
        },
        values: match &asked.invalid {
            Some(_) => Err("条件を直すと、市町村別の回答が見られます。".to_owned()),
            None => shown_values(&seen, year, variable, &asked, &format!("{path}/computation")),
        },
        source: source.clone(),
    };
    let shown = Shown::new(format!("どう計算したか（{}）", of.wareki()), NavSection::Results);
    let mut response = page.show(shown, move || view! { <QuestionComputationPage model=model.clone() /> }).await;
    if asked.invalid.is_some() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

fn counted(scope: &results::Asked<'_>) -> Result<Counted, shared::tabulation::Refusal> {
    Ok(Counted { steps: computation::steps(scope)?, table: computation::counts(scope)? })
}
