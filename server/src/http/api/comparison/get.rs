//! `GET /api/v1/comparison`

use axum::Json;
use axum::extract::State;
use axum::http::Uri;
use shared::comparison::{Comparison, Doing, Measure, Row, Seen};
use shared::municipality::Municipality;
use shared::share::Points;
use shared::wire::{
    ComparedMaturity, ComparedMunicipality, ComparedRow, ComparisonResult, DoneElsewhere, Problem, ShareValue,
};

use super::parameters::ComparisonParameters;
use crate::http::auth::Account;
use crate::http::compare::{asked, words};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;
use crate::service::comparison::ComparedYear;

/// A municipality among others, as far as the account may see; with the parameters of `/compare`.
#[utoipa::path(
    get,
    path = "/api/v1/comparison",
    tag = "results",
    params(ComparisonParameters),
    responses(
        (status = OK, body = ComparisonResult),
        (status = UNAUTHORIZED, body = Problem, content_type = "application/problem+json"),
        (status = FORBIDDEN, body = Problem, content_type = "application/problem+json"),
        (status = CONFLICT, body = Problem, content_type = "application/problem+json", description = "比べられない理由"),
    )
)]
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    uri: Uri,
) -> Result<Json<ComparisonResult>, Refusal> {
    let (query, compared) = asked(&state, &account, &uri).await?;
    let found = compared.found.map_err(Error::Refused)?;
    let year = compared.year.ok_or(Error::NotFound)?;
    let group = words::group(&query.asked().request, &found);
    Ok(Json(result(&found, &year, group, compared.demonstration, query.notices)))
}

fn result(
    found: &Comparison,
    year: &ComparedYear,
    group: String,
    demonstration: bool,
    notices: Vec<String>,
) -> ComparisonResult {
    let all = ("", "すべての取組", &found.whole);
    let rows = found.rows.iter().map(|(topic, row)| (topic.code.as_str(), topic.label.as_str(), row));
    ComparisonResult {
        year: year.year.year(),
        provisional: year.provisional,
        demonstration,
        group,
        named: found.named,
        rows: std::iter::once(all).chain(rows).map(|(code, label, row)| row_of(code, label, row)).collect(),
        maturity: maturity(found),
        seed: found.maturity.what_if.seed,
        combinations: found.maturity.ranks.as_ref().map_or(0, |ranks| ranks.combinations),
        elsewhere: found.elsewhere.iter().map(elsewhere).collect(),
        municipality: municipality(&found.own),
        peers: found.peers.iter().map(municipality).collect(),
        notices,
    }
}

fn municipality(municipality: &Municipality) -> ComparedMunicipality {
    ComparedMunicipality { code: municipality.code.to_string(), name: municipality.name.clone() }
}

fn row_of(code: &str, label: &str, row: &Row) -> ComparedRow {
    let (peers_seen, peers) = match &row.peers {
        Seen::Named(values) => ("named", values.iter().map(|value| value.map(ShareValue::from)).collect()),
        Seen::Unnamed(values) => ("unnamed", values.iter().map(|value| Some(ShareValue::from(*value))).collect()),
        Seen::Median => ("median", Vec::new()),
        Seen::Suppressed => ("suppressed", Vec::new()),
        Seen::NotVisible => ("not_visible", Vec::new()),
    };
    let gap = row.own.zip(row.median).and_then(|(own, median)| own.points_since(median));
    ComparedRow {
        code: code.to_owned(),
        label: label.to_owned(),
        questions: row.questions,
        measure: match row.measure {
            Measure::Done => "done",
            Measure::Stage => "stage",
        }
        .to_owned(),
        own: row.own.map(ShareValue::from),
        peers_seen: peers_seen.to_owned(),
        peers,
        answered: row.answered,
        median: row.median.map(ShareValue::from),
        quartiles: row.quartiles,
        by_population: row.by_population,
        gap: gap.map(|Points(tenths)| tenths),
        rank: row.rank.map(|rank| rank.place),
        rank_of: row.rank.map(|rank| rank.of),
        percentile: row.rank.map(|rank| ShareValue::from(rank.percentile())),
    }
}

fn maturity(found: &Comparison) -> Vec<ComparedMaturity> {
    let everybody = std::iter::once(&found.own).chain(&found.peers);
    let ranks = found.maturity.ranks.as_ref().ok();
    let of = |(place, (municipality, score)): (usize, (&Municipality, &shared::comparison::MaturityScore))| {
        let range = ranks.and_then(|ranks| ranks.ranges.get(place).copied().flatten());
        ComparedMaturity {
            code: municipality.code.to_string(),
            score: score.whole.as_ref().ok().map(|score| score.words()),
            undetermined: score.undetermined,
            ranks: range.map(|range| [range.min, range.max]),
        }
    };
    everybody.zip(&found.maturity.scores).enumerate().map(of).collect()
}

/// A practice with those who do it.
pub(in crate::http::api) fn elsewhere(practice: &shared::comparison::Elsewhere) -> DoneElsewhere {
    let (municipalities, count) = match &practice.doing {
        Doing::Named(practices) => {
            let names: Vec<String> = practices.iter().flat_map(|p| p.municipalities.iter().cloned()).collect();
            let count = names.len();
            (names, Some(count))
        }
        Doing::Counted { count, .. } => (Vec::new(), Some(*count)),
        Doing::Suppressed => (Vec::new(), None),
    };
    DoneElsewhere {
        number: practice.number.clone(),
        label: practice.label.clone(),
        own: practice.own.clone(),
        municipalities,
        count,
    }
}
