//! `GET /compare`

use app::pages::compare::elsewhere::{ElsewherePractices, ElsewhereRow, PeerCase};
use app::pages::compare::{Compare, CompareBody, ComparePage};
use app::shell::NavSection;
use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use leptos::prelude::*;
use shared::comparison::{Comparison, Doing, Elsewhere};

use super::query::Query;
use super::{asked, choices, exhibits, words};
use crate::http::auth::Account;
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::comparison::Compared;

/// A municipality among others.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    uri: Uri,
) -> Result<Response, Refusal> {
    let (query, compared) = asked(&state, &account, &uri).await?;
    Ok(show(&page, &query, &compared, None).await)
}

/// The page; `problem` is what was wrong with a group to be kept: its name as typed and why.
pub async fn show(page: &Page, query: &Query, compared: &Compared, problem: Option<(String, String)>) -> Response {
    let model = model(query, compared, problem);
    page.show(Shown::new("比較", NavSection::Compare), move || view! { <ComparePage model=model.clone() /> }).await
}

fn model(query: &Query, compared: &Compared, problem: Option<(String, String)>) -> Compare {
    let found = compared.found.as_ref();
    let mut notices = query.notices.clone();
    if let Ok(found) = found {
        if !found.unknown.is_empty() {
            let codes: Vec<String> = found.unknown.iter().map(ToString::to_string).collect();
            notices.push(format!("この年度の調査にない団体（{}）は比べていません。", codes.join("、")));
        }
        if found.cut {
            let most = shared::comparison::peers::MOST;
            notices.push(format!("当てはまる団体が多いため、人口の近い{most}団体に絞りました。"));
        }
    }
    let request = query.asked().request;
    Compare {
        context: compared.year.as_ref().map(words::edition),
        provisional: compared.year.as_ref().is_some_and(|year| year.provisional),
        heading: match found {
            Ok(found) => words::finding(&request, found),
            Err(_) => vec!["ほかの団体との比較".to_owned()],
        },
        peers: found.ok().map(peers_line),
        chooser: choices::chooser(query, compared, "/compare"),
        saved: choices::saved(query, compared),
        keep: found.ok().filter(|_| compared.may_choose).map(|found| {
            let peers = found.peers.iter().map(|peer| peer.code.to_string());
            (peers.collect(), query.written())
        }),
        keep_problem: problem,
        notices,
        handout: found.ok().map(|_| query.address("/compare/handout")),
        body: match found {
            Err(reason) => Err(reason.clone()),
            Ok(found) => Ok(body(query, compared, found)),
        },
    }
}

/// Whom it is compared with, and how many of them answered.
pub fn peers_line(found: &Comparison) -> String {
    let names: Vec<&str> = found.peers.iter().map(|peer| peer.name.as_str()).collect();
    let missing = found.peers.len() - found.peers_responded;
    let missing =
        if missing == 0 { String::new() } else { format!("このうち{missing}団体は未提出です。") };
    format!("比べる団体：{}。{missing}", names.join("、"))
}

fn body(query: &Query, compared: &Compared, found: &Comparison) -> CompareBody {
    let mut exhibits = exhibits::all(query, compared);
    let mut take = |id: &str| exhibits.iter().position(|exhibit| exhibit.id == id).map(|at| exhibits.remove(at));
    CompareBody {
        strips: take("strips"),
        radar: take("radar"),
        areas: take("areas"),
        elsewhere: elsewhere(found),
        course: take("course"),
        changes: found.changes.clone(),
        maturity: take("maturity"),
        what_if: choices::what_if(query, compared, found),
        method: query.address("/compare/method"),
    }
}

fn elsewhere(found: &Comparison) -> ElsewherePractices {
    let area_of = |code: &str| found.maturity.weights.0.iter().flat_map(|f| &f.areas).find(|a| a.code == code);
    let title = |code: &str| area_of(code).map_or_else(String::new, |area| area.label.clone());
    // Only cases of areas in which something is not done yet: whoever does it can tell how.
    let wanted: Vec<&str> = found.elsewhere.iter().map(|practice| practice.area.as_str()).collect();
    let cases = found.cases.iter().filter(|case| wanted.contains(&case.area.as_str()));
    ElsewherePractices {
        responded: found.responded,
        named: found.named,
        rows: found.elsewhere.iter().map(|practice| row(practice, title(&practice.area))).collect(),
        cases: cases
            .map(|case| PeerCase {
                municipality: case.municipality.clone(),
                name: case.name.clone(),
                area: title(&case.area),
                url: case.url.clone(),
                contact: case.contact.clone(),
            })
            .collect(),
    }
}

fn row(practice: &Elsewhere, area: String) -> ElsewhereRow {
    let doing = match &practice.doing {
        Doing::Named(practices) => {
            practices.iter().map(|p| format!("{}：{}", p.answer, p.municipalities.join("、"))).collect()
        }
        Doing::Counted { count, of } => vec![format!("県内で回答したほかの{of}団体のうち{count}団体")],
        Doing::Suppressed => vec!["秘匿".to_owned()],
    };
    ElsewhereRow {
        number: practice.number.clone(),
        label: practice.label.clone(),
        area,
        own: practice.own.clone(),
        count: practice.doing.count(),
        doing,
    }
}
