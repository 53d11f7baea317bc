//! `GET /desk/{year}/check.csv`: all findings that match, the heaviest first.

use std::io;

use app::components::question::in_words;
use app::shell::DEMONSTRATION;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use shared::plausibility::{Evidence, Outlier};
use shared::response::AnswerValue;

use super::{Asked, is_in, words};
use crate::export::text::escaped;
use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;
use crate::service::checking::{Check, Found};

const COLUMNS: [&str; 19] = [
    "municipality_code",
    "municipality",
    "state",
    "kind",
    "weight",
    "section",
    "question_name",
    "question_number",
    "question",
    "answer",
    "previous_answer",
    "threshold",
    "median",
    "robust_z",
    "median_per_10000",
    "robust_z_per_10000",
    "n",
    "finding",
    "note",
];

/// The file.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    Path(year): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let year = parse_year(&year)?;
    let check = state.service.check(&account, year).await?;
    let (demo, note) = if state.site.demonstration { ("-demo", DEMONSTRATION) } else { ("", "") };
    let wanted = check.found.iter().filter(|found| {
        asked.wants(&check.questionnaire, found) && asked.kind().is_none_or(|kind| found.finding.kind() == kind)
    });
    let file = lines(&check, wanted, note).map_err(|error| Error::Internal(error.to_string()))?;
    let name = format!("attachment; filename=\"shirabe-check-{}{demo}.csv\"", year.year());
    let headers = [(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, file).into_response())
}

fn lines<'c>(check: &'c Check, found: impl Iterator<Item = &'c Found>, note: &str) -> io::Result<Vec<u8>> {
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut bytes);
    csv.write_record(COLUMNS)?;
    for found in found {
        csv.write_record(line(check, found, note))?;
    }
    csv.flush()?;
    drop(csv);
    Ok(bytes)
}

fn line(check: &Check, found: &Found, note: &str) -> [String; 19] {
    let Found { municipality, state, finding } = found;
    let question = check.questionnaire.question(finding.question);
    let text = |text: &str| escaped(text).into_owned();
    let answer = |answer: &Option<AnswerValue>| {
        answer.as_ref().map(|answer| text(&in_words(question, answer))).unwrap_or_default()
    };
    let section = check.questionnaire.sections.iter().find(|section| is_in(section, found));
    let mut threshold = String::new();
    let mut figures = <[String; 5]>::default();
    match &finding.evidence {
        Evidence::Change { threshold: limit, .. } => threshold = words::limit(question, *limit),
        Evidence::Outlier(outlier) => figures = figures_of(outlier),
        Evidence::Breach { .. } | Evidence::Unusual { .. } | Evidence::Stages { .. } | Evidence::Blank { .. } => {}
    }
    let [median, z, median_per, z_per, n] = figures;
    [
        municipality.code.to_string(),
        text(&municipality.name),
        state.code().to_owned(),
        finding.kind().code().to_owned(),
        finding.weight().to_string(),
        section.map(|section| text(&section.title)).unwrap_or_default(),
        question.name.to_string(),
        text(&question.number),
        text(&question.label),
        answer(&finding.now),
        answer(&finding.then),
        threshold,
        median,
        z,
        median_per,
        z_per,
        n,
        text(&words::sentence(&check.questionnaire, finding)),
        note.to_owned(),
    ]
}

/// Median, score, the same per 10,000 inhabitants, and how many gave a number.
fn figures_of(outlier: &Outlier) -> [String; 5] {
    let (plain, per) = (&outlier.plain, outlier.per_inhabitants);
    [
        plain.median.to_string(),
        format!("{:.2}", plain.score),
        per.map(|per| format!("{:.2}", per.median)).unwrap_or_default(),
        per.map(|per| format!("{:.2}", per.score)).unwrap_or_default(),
        plain.n.to_string(),
    ]
}
