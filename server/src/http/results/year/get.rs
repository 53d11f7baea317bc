//! `GET /results/{year}`

use app::pages::results::index::{IndexArea, IndexQuestion, IndexSection, ResultsIndex, ResultsIndexPage};
use app::pages::results::narrowing::YearLink;
use app::results::parts::{Line, Parts};
use app::results::{encoded, search};
use app::shell::NavSection;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::tabulation::{Disclosure, Filter};

use crate::http::exploration::asked as exploration;
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::results::asked::Asked;
use crate::http::results::seen::{Seen, SeenYear, Standing};
use crate::http::state::AppState;

/// The longest search that is answered, in characters.
const LONGEST_SEARCH: usize = 100;

/// The questions of the year, or those that are searched for.
pub async fn get(
    State(state): State<AppState>,
    page: Page,
    Path(year): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Refusal> {
    let seen = Seen::by(&state.service, page.account.as_ref()).await?;
    let known = year.parse().ok().and_then(|year| seen.year(year));
    let Some(known) = known else { return Ok(unknown_year(&page, &seen, &year).await) };
    let query = Asked::read(query.as_deref().unwrap_or_default());
    let words: String = query.value("q").chars().take(LONGEST_SEARCH).collect();
    Ok(show(&page, index(&page, &seen, known, words, None)).await)
}

/// An address of a year without results: the latest year, and a sentence that says so.
async fn unknown_year(page: &Page, seen: &Seen, typed: &str) -> Response {
    let year = typed.parse().map_or_else(|_| format!("「{typed}」"), |year: FiscalYear| year.to_string());
    let message = format!("{year}の結果はありません。");
    let model = match seen.latest().and_then(|latest| seen.year(latest)) {
        Some(latest) => {
            let instead = format!("{message}最も新しい{}の結果を表示しています。", latest.slab.year().wareki());
            index(page, seen, latest, String::new(), Some(instead))
        }
        None => nothing(Some(message)),
    };
    let mut response = show(page, model).await;
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

/// Shows the page.
pub async fn show(page: &Page, model: ResultsIndex) -> Response {
    let title =
        model.year.map_or_else(|| "設問ごとの結果".to_owned(), |year| format!("{} 設問ごとの結果", year.wareki()));
    page.show(Shown::new(title, NavSection::Results), move || view! { <ResultsIndexPage model=model.clone() /> }).await
}

/// There are no results.
pub fn nothing(message: Option<String>) -> ResultsIndex {
    ResultsIndex {
        year: None,
        provisional: false,
        demonstration: false,
        years: Vec::new(),
        message,
        query: String::new(),
        sections: Vec::new(),
        found: 0,
        total: 0,
        disclosed: [0; 3],
        register: (0, 0),
        explore: None,
    }
}

/// The years as links to the same page of each.
pub fn year_links(seen: &Seen, current: FiscalYear, rest: &str) -> Vec<YearLink> {
    let link = |year: FiscalYear| YearLink {
        year,
        href: format!("/results/{}{rest}", year.year()),
        current: year == current,
        provisional: seen.provisional.contains(&year),
    };
    seen.results.years.iter().rev().map(|result| link(result.snapshot.year)).collect()
}

/// The questions of a year that have all those words.
pub fn index(page: &Page, seen: &Seen, year: SeenYear<'_>, query: String, message: Option<String>) -> ResultsIndex {
    let questions = seen.questions(year);
    let municipalities = &year.result.snapshot.municipalities;
    let mut model = ResultsIndex {
        year: Some(year.slab.year()),
        provisional: year.is_provisional(),
        demonstration: year.result.snapshot.demonstration,
        years: year_links(seen, year.slab.year(), ""),
        message,
        sections: Vec::new(),
        found: 0,
        total: questions.len(),
        disclosed: [0; 3],
        explore: exploration::address(page.account.as_ref(), year.slab.year(), None),
        register: (municipalities.len(), municipalities.iter().filter(|m| m.state.is_handed_in()).count()),
        query,
    };
    for standing in questions {
        let place = match seen.reader.disclosure_of(year.slab, standing.variable) {
            Disclosure::Named => 0,
            Disclosure::Aggregates => 1,
            Disclosure::Nothing => 2,
        };
        model.disclosed[place] += 1;
        let question = standing.question;
        let area = standing.area.unwrap_or_default();
        if !search::matches(&model.query, &[&question.number, &question.label, area, standing.section]) {
            continue;
        }
        model.found += 1;
        add(&mut model.sections, &standing, entry(seen, year, &standing));
    }
    model
}

fn add(sections: &mut Vec<IndexSection>, standing: &Standing<'_>, question: IndexQuestion) {
    if sections.last().is_none_or(|section| section.name != standing.section_name) {
        sections.push(IndexSection {
            name: standing.section_name.to_owned(),
            title: standing.section.to_owned(),
            areas: Vec::new(),
        });
    }
    let Some(section) = sections.last_mut() else { return };
    if section.areas.last().is_none_or(|area| area.title.as_deref() != standing.area) {
        section.areas.push(IndexArea { title: standing.area.map(str::to_owned), questions: Vec::new() });
    }
    if let Some(area) = section.areas.last_mut() {
        area.questions.push(question);
    }
}

fn entry(seen: &Seen, year: SeenYear<'_>, standing: &Standing<'_>) -> IndexQuestion {
    let everybody = Filter::default();
    let asked = seen.asked(year, standing.variable, &everybody, "");
    let question = standing.question;
    let bar = asked.frequency().ok().map(|table| {
        let lines = [Line { label: String::new(), href: None, table, emphasis: false }];
        Parts::of(standing.variable, &lines).bars(&lines)
    });
    IndexQuestion {
        number: question.number.clone(),
        label: question.label.clone(),
        href: format!("/results/{}/{}", year.slab.year().year(), encoded(&standing.variable.concept)),
        finding: asked.finding().map_or_else(|refusal| refusal.to_string(), |phrases| phrases.concat()),
        bar,
        visibility: format!("公開範囲：{}", question.visibility.aggregate.label()),
    }
}
