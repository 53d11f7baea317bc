//! `GET /api/v1/results/{year}/questions/{concept}`

use app::results::Asked as Scope;
use axum::extract::Path;
use axum::response::Response;
use shared::tabulation::crosstab::Group;
use shared::tabulation::{Attribute, Crossing, NumberSummary};
use shared::wire::{Problem, QuestionResult, ResultLine, WeightedResult};

use super::reading::Reading;
use super::{edition, lines};
use crate::http::api::parameters::{Concept, Conditions, Year};
use crate::http::refusal::Refusal;
use crate::service::Error;

/// One table of a question: by year, by a property of the municipalities, or by the answers to another question.
#[utoipa::path(
    get,
    path = "/api/v1/results/{year}/questions/{concept}",
    tag = "results",
    params(
        Year,
        Concept,
        ("by" = Option<String>, Query, description = "行の分け方：year（省略時）、region、kind、band、prefecture、question:概念ID、question:概念ID:選択肢（複数回答の設問の1つの選択肢を選んだか）"),
        Conditions,
    ),
    responses(
        (status = OK, body = QuestionResult),
        (status = FORBIDDEN, body = Problem, content_type = "application/problem+json"),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn get(Path((year, concept)): Path<(String, String)>, reading: Reading) -> Result<Response, Refusal> {
    let seen = &reading.seen;
    let (year, variable) = reading.question(&year, &concept)?;
    let filter = reading.filter()?;
    let mut scope = seen.asked(year, variable, filter, "");
    let by = match reading.asked.value("by") {
        "" => "year",
        by => by,
    };
    let lines = match (by, Attribute::of_code(by), by.strip_prefix("question:")) {
        ("year", ..) => years(&scope),
        (_, Some(attribute), _) => groups(&scope, attribute)?,
        (_, None, Some(other)) => {
            let crossing = Crossing::parse(&seen.results.cube, other).ok_or(Error::NotFound)?;
            scope.by = Some(crossing);
            answers(&scope)?
        }
        (_, None, None) => {
            let message = format!(
                "by の値「{by}」はありません。year、region、kind、band、prefecture、question:概念ID、question:概念ID:選択肢 のどれかを指定してください。"
            );
            return Err(Refusal::BadRequest(message));
        }
    };
    let (total, numbers) = (scope.frequency()?, scope.numbers().and_then(Result::ok));
    let finding = scope.finding()?.concat();
    let edition_of_question = variable.edition(year.slab.year());
    let body = || QuestionResult {
        edition: edition(seen, year),
        concept: variable.concept.clone(),
        label: edition_of_question.map(|edition| edition.label.clone()).unwrap_or_default(),
        by: by.to_owned(),
        filter: filter.query(),
        finding,
        choices: lines::choices(variable),
        lines,
        total: lines::line(variable, "全体".to_owned(), &total, numbers.as_ref()),
        weighted: weighted(&scope),
    };
    Ok(reading.answer(body))
}

/// Every year up to the one asked for, that the reader may see.
fn years(scope: &Scope<'_>) -> Vec<ResultLine> {
    let until = scope.slab.year();
    let slabs = scope.cube.years().iter().filter(|slab| slab.year() <= until);
    let lines = slabs.filter_map(|slab| {
        let then = Scope { slab, ..scope.clone() };
        let table = then.frequency().ok()?;
        let numbers = then.numbers().and_then(Result::ok);
        let mut line = lines::line(scope.variable, slab.year().wareki(), &table, numbers.as_ref());
        let comparability = scope.variable.comparability(slab.year(), until);
        line.not_comparable =
            (slab.year() != until && !comparability.is_comparable()).then(|| comparability.sentence().to_owned());
        Some(line)
    });
    lines.collect()
}

fn groups(scope: &Scope<'_>, attribute: Attribute) -> Result<Vec<ResultLine>, Refusal> {
    let table = scope.reader.crosstab(scope.slab, scope.variable, attribute, scope.filter)?;
    let numbers = scope.reader.numbers_by(scope.slab, scope.variable, attribute, scope.filter).ok();
    let numbers = numbers.filter(|_| scope.numbers().is_some());
    let line = |group: &Group| {
        let values = numbers.as_ref().and_then(|all| all.iter().find(|(label, _)| *label == group.label));
        let summary = values.map(|(_, values)| NumberSummary::of_values(group.frequency.clone(), values));
        lines::line(scope.variable, group.label.clone(), &group.frequency, summary.as_ref())
    };
    Ok(table.groups.iter().map(line).collect())
}

fn answers(scope: &Scope<'_>) -> Result<Vec<ResultLine>, Refusal> {
    let by = scope.by.unwrap_or_else(|| scope.variable.into());
    let table = scope.reader.crosstab_by_answers(scope.slab, scope.variable, by, scope.filter)?;
    let line = |group: &Group| lines::line(scope.variable, group.label.clone(), &group.frequency, None);
    Ok(table.groups.iter().map(line).collect())
}

fn weighted(scope: &Scope<'_>) -> Option<WeightedResult> {
    if scope.variable.choices.is_empty() {
        return None;
    }
    let table = scope.reader.weighted(scope.slab, scope.variable, scope.filter).ok()?;
    Some(WeightedResult {
        population: table.population,
        choices: table.choices,
        without_population: table.without_population,
    })
}
