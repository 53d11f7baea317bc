//! `GET /desk/{year}/check`

use app::pages::desk_check::{CheckItem, CheckTyped, DeskCheck, DeskCheckPage, KindLink};
use app::shell::NavSection;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::plausibility::Kind;
use shared::questionnaire::Questionnaire;

use super::Asked;
use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::checking::{Found, words};

/// Findings of a page.
const PAGE: usize = 100;

/// The heaviest findings that match.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path(year): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let year = parse_year(&year)?;
    let check = state.service.check(&account, year).await?;
    let questionnaire = &check.questionnaire;
    let matching: Vec<&Found> = check.found.iter().filter(|found| asked.wants(questionnaire, found)).collect();
    let path = format!("/desk/{}/check", year.year());
    let kind_link = |kind: Option<Kind>| KindLink {
        href: asked.of_kind(kind).address(&path),
        label: kind.map_or("すべて", Kind::label),
        count: matching.iter().filter(|found| kind.is_none_or(|kind| found.finding.kind() == kind)).count(),
        chosen: asked.kind() == kind,
    };
    let kinds = [None].into_iter().chain(Kind::ALL.map(Some)).map(kind_link).collect();
    let of_kind: Vec<&Found> =
        matching.iter().copied().filter(|found| asked.kind().is_none_or(|kind| found.finding.kind() == kind)).collect();
    let total = of_kind.len();
    let last = total.div_ceil(PAGE).max(1);
    let number = asked.page.unwrap_or(1).clamp(1, last);
    let first = (number - 1) * PAGE;
    let may_act = check.round.state.is_under_review();
    let shown: Vec<CheckItem> =
        of_kind.iter().skip(first).take(PAGE).map(|found| item(year, questionnaire, found, may_act)).collect();
    let to = |number: usize| asked.on_page(number).address(&path);
    let model = DeskCheck {
        year,
        typed: CheckTyped {
            municipality: asked.municipality.clone(),
            kind: asked.kind.clone(),
            section: asked.section.clone(),
        },
        kinds,
        sections: questionnaire.sections.iter().map(|s| (s.name.0.clone(), s.title.clone())).collect(),
        responses: check.responses,
        first,
        total,
        items: shown,
        earlier: (number > 1).then(|| to(number - 1)),
        later: (number < last).then(|| to(number + 1)),
        csv: (total > 0).then(|| asked.on_page(1).address(&format!("{path}.csv"))),
    };
    let shown = Shown::new("回答の点検", NavSection::Desk);
    Ok(page.show(shown, move || view! { <DeskCheckPage model=model.clone() /> }).await)
}

fn item(year: FiscalYear, questionnaire: &Questionnaire, found: &Found, may_act: bool) -> CheckItem {
    let name = &questionnaire.question(found.finding.question).name;
    let response = format!("/desk/{}/{}", year.year(), found.municipality.code);
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("question", name.as_str()).append_pair("finding", found.finding.kind().code());
    let query = query.finish();
    let returnable = may_act && found.state.is_handed_in();
    CheckItem {
        municipality: found.municipality.name.clone(),
        response_href: format!("{response}#a-{name}"),
        state: found.state,
        kind: found.finding.kind().label(),
        question: words::question_words(questionnaire, found.finding.question),
        sentence: words::sentence(questionnaire, &found.finding),
        inquiry_href: may_act.then(|| format!("{response}/inquiries/new?{query}")),
        return_href: returnable.then(|| format!("{response}?{query}#a-{name}")),
    }
}
