//! `GET /results/{year}/{concept}`

use app::components::link::Link;
use app::pages::results::narrowing::Narrowing;
use app::pages::results::question::{QuestionResults, QuestionResultsPage};
use app::results::finding::subtitle;
use app::results::{self, encoded, lineage};
use app::shell::NavSection;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;
use shared::tabulation::release::{Disclosure, Reader};
use shared::tabulation::variable::Edition;
use shared::tabulation::{Attribute, Crossing, Variable, VariableKind};

use super::values::shown_values;
use crate::http::exploration::asked as exploration;
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::results::asked::Asked;
use crate::http::results::seen::{Seen, SeenYear, Standing};
use crate::http::results::year::get as index;
use crate::http::state::AppState;

/// One question; an unknown one is the index with a sentence.
pub async fn get(
    State(state): State<AppState>,
    page: Page,
    Path((year, concept)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Response, Refusal> {
    let seen = Seen::by(&state.service, page.account.as_ref()).await?;
    let known = year.parse().ok().and_then(|year| seen.year(year));
    let (year, variable) = match (known, seen.results.cube.variable(&concept)) {
        (Some(year), Some(variable)) => (year, variable),
        (Some(year), None) => {
            let message = format!("設問「{concept}」はありません。下の一覧から選んでください。");
            let mut response = index::show(&page, index::index(&page, &seen, year, String::new(), Some(message))).await;
            *response.status_mut() = StatusCode::NOT_FOUND;
            return Ok(response);
        }
        (None, _) => {
            return index::get(State(state), page, Path(year), RawQuery(None)).await;
        }
    };
    let asked = Asked::read(query.as_deref().unwrap_or_default());
    let model = model(&page, &seen, year, variable, &asked);
    let status = if model.narrowing.error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let title = format!("{}（{}）", model.label, year.slab.year().wareki());
    let shown = Shown::new(title, NavSection::Results);
    let mut response = page.show(shown, move || view! { <QuestionResultsPage model=model.clone() /> }).await;
    *response.status_mut() = status;
    Ok(response)
}

fn model(page: &Page, seen: &Seen, year: SeenYear<'_>, variable: &Variable, asked: &Asked) -> QuestionResults {
    let of = year.slab.year();
    let questions = seen.questions(year);
    let place = questions.iter().position(|standing| standing.variable.concept == variable.concept);
    let standing = place.and_then(|place| questions.get(place));
    // A year that did not ask it shows the text of the latest year that did.
    let edition = variable.edition(of).or_else(|| variable.editions.values().next_back());
    let source = year.source();
    let mut scope = seen.asked(year, variable, &asked.filter, &source);
    let crossed = asked.value("cross");
    scope.by = Crossing::parse(&seen.results.cube, crossed).filter(|by| by.label(of).is_some());
    let error = if let Some(invalid) = &asked.invalid {
        Some(invalid.to_string())
    } else if !crossed.is_empty() && scope.by.is_none() {
        Some(format!("組み合わせる設問「{crossed}」はありません。一覧から選び直してください。"))
    } else {
        None
    };
    let path = format!("/{}", encoded(&variable.concept));
    let action = format!("/results/{}{path}", of.year());
    let (exhibits, refused) = if asked.invalid.is_some() { (Vec::new(), Vec::new()) } else { exhibits(&scope) };
    let finding = match &asked.invalid {
        Some(invalid) => Err(invalid.to_string()),
        None => scope.finding().map_err(|refusal| refusal.to_string()),
    };
    let query = asked.filter.query();
    let values = shown_values(seen, year, variable, asked, &action);
    let neighbour = |place: Option<usize>| {
        let standing = questions.get(place?)?;
        let href = format!("/results/{}/{}", of.year(), encoded(&standing.variable.concept));
        Some(Link::new(format!("{} {}", standing.question.number, standing.question.label), href))
    };
    let rest = if query.is_empty() { path.clone() } else { format!("{path}?{query}") };
    let concept = encoded(&variable.concept);
    QuestionResults {
        year: of,
        provisional: year.is_provisional(),
        years: index::year_links(seen, of, &rest),
        context: standing.map_or_else(String::new, |standing| {
            [Some(standing.section), standing.area].into_iter().flatten().collect::<Vec<_>>().join("　")
        }),
        number: edition.map(|edition| edition.number.clone()).unwrap_or_default(),
        label: edition.map(|edition| edition.label.clone()).unwrap_or_default(),
        subtitle: scope.frequency().map_or_else(|_| String::new(), |table| subtitle(&table, &scope.group())),
        finding,
        narrowing: narrowing(year, scope.reader, asked, &questions, variable, action, error),
        exhibits,
        refused,
        values,
        hint: standing.and_then(|standing| standing.question.hint.clone()),
        definition: standing.and_then(|standing| standing.question.definition.clone()),
        facts: edition.map(|edition| facts(variable, edition)).unwrap_or_default(),
        lineage: lineage::sentences(&seen.results.cube, variable, of),
        neighbours: [neighbour(place.and_then(|place| place.checked_sub(1))), neighbour(place.map(|place| place + 1))],
        api: format!("/api/v1/results/{}/questions/{concept}", of.year()),
        explore: exploration::address(page.account.as_ref(), of, Some(&variable.concept)),
    }
}

/// What can be shown, and what cannot, with the reason.
fn exhibits(scope: &results::Asked<'_>) -> (Vec<app::exhibit::Exhibit>, Vec<(String, String)>) {
    let (mut shown, mut refused) = (Vec::new(), Vec::new());
    // Of nobody there is nothing to draw: the finding says so.
    if scope.frequency().is_ok_and(|table| table.register == 0) {
        return (shown, refused);
    }
    for name in scope.names() {
        match scope.exhibit(name) {
            Ok(exhibit) => shown.push(exhibit),
            Err(refusal) => refused.push((name.heading().to_owned(), refusal.to_string())),
        }
    }
    (shown, refused)
}

fn narrowing(
    year: SeenYear<'_>,
    reader: Reader,
    asked: &Asked,
    questions: &[Standing<'_>],
    variable: &Variable,
    action: String,
    error: Option<String>,
) -> Narrowing {
    let property = |attribute: Attribute| {
        let groups = attribute.selectable(year.slab);
        let chosen = asked.value(attribute.code()).to_owned();
        (groups.len() > 1 || !chosen.is_empty()).then_some((attribute, groups, chosen))
    };
    let named = |variable: &Variable| reader.disclosure_of(year.slab, variable) == Disclosure::Named;
    let crossable = questions.iter().filter(|standing| standing.variable.concept != variable.concept);
    let crossings = crossable.flat_map(|standing| {
        let number = &standing.question.number;
        let of = year.slab.year();
        let words = move |by: Crossing<'_>| Some((by.written(), format!("{number} {}", by.label(of)?)));
        // By one choice there is a table only where named values of both are seen.
        let crossings = Crossing::all(standing.variable, of).into_iter();
        crossings.filter(|by| by.choice.is_none() || named(variable) && named(by.variable)).filter_map(words)
    });
    Narrowing {
        action,
        properties: Attribute::ALL.into_iter().filter_map(property).collect(),
        questions: crossings.collect(),
        crossed: asked.value("cross").to_owned(),
        error,
    }
}

fn facts(variable: &Variable, edition: &Edition) -> Vec<(String, String)> {
    let kind = match edition.kind {
        VariableKind::Single => "1つを選択",
        VariableKind::Multiple => "あてはまるものをすべて選択",
        VariableKind::Number => "数値",
        VariableKind::Text => "記述・日付",
    };
    let visibility = format!(
        "集計値は「{}」、市町村別の値は「{}」",
        edition.visibility.aggregate.label(),
        edition.visibility.named.label()
    );
    let mut facts = vec![("回答の形式".to_owned(), kind.to_owned())];
    facts.extend(edition.unit.as_ref().map(|unit| ("単位".to_owned(), unit.clone())));
    facts.push(("公開範囲".to_owned(), visibility));
    facts.push(("概念ID".to_owned(), variable.concept.clone()));
    facts
}
