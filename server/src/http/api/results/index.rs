//! `GET /api/v1/results/{year}`

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use shared::tabulation::{Disclosure, Filter};
use shared::wire::{Problem, QuestionSummary, ResultsOfYear};

use super::reading::Reading;
use super::{edition, lines};
use crate::http::api::paging::{PageParameters, Paging};
use crate::http::api::parameters::Year;
use crate::http::refusal::Refusal;
use crate::http::results::seen::{Seen, SeenYear, Standing};

/// Every question of the year with its result in a sentence, as far as the reader may see it.
#[utoipa::path(
    get,
    path = "/api/v1/results/{year}",
    tag = "results",
    params(Year, PageParameters),
    responses(
        (status = OK, body = ResultsOfYear),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn get(Path(year): Path<String>, reading: Reading, paging: Paging) -> Result<Response, Refusal> {
    let seen = &reading.seen;
    let year = reading.year(&year)?;
    let questions = seen.questions(year);
    let page = paging.of_total(questions.len());
    let body = || ResultsOfYear {
        edition: edition(seen, year),
        years: seen.results.years.iter().map(|result| result.snapshot.year.year()).collect(),
        questions: page.part(questions.iter().map(|standing| summary(seen, year, standing))),
    };
    let answer = reading.answer(body);
    Ok((page, answer).into_response())
}

fn summary(seen: &Seen, year: SeenYear<'_>, standing: &Standing<'_>) -> QuestionSummary {
    let everybody = Filter::default();
    let asked = seen.asked(year, standing.variable, &everybody, "");
    let question = standing.question;
    let total = asked.frequency().ok();
    let numbers = asked.numbers().and_then(Result::ok);
    QuestionSummary {
        concept: standing.variable.concept.clone(),
        number: question.number.clone(),
        label: question.label.clone(),
        section: standing.section.to_owned(),
        area: standing.area.map(str::to_owned),
        kind: asked.kind().map(lines::kind).unwrap_or_default().to_owned(),
        unit: question.unit.clone(),
        aggregate_visibility: question.visibility.aggregate.code().to_owned(),
        named_visibility: question.visibility.named.code().to_owned(),
        disclosure: match asked.disclosure() {
            Disclosure::Named => "named",
            Disclosure::Aggregates => "aggregates",
            Disclosure::Nothing => "nothing",
        }
        .to_owned(),
        finding: asked.finding().map_or_else(|refusal| refusal.to_string(), |phrases| phrases.concat()),
        total: total.map(|table| lines::line(standing.variable, "全体".to_owned(), &table, numbers.as_ref())),
    }
}
