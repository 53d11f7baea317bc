//! `GET /results/{year}/explore`

use app::components::link::Link;
use app::pages::explore::form::{FormModel, OptionGroup};
use app::pages::explore::{Explore, ExplorePage};
use app::results::encoded;
use app::shell::NavSection;
use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use leptos::prelude::*;
use shared::exploration::Subject;
use shared::exploration::measure::{choices_of, subjects};
use shared::exploration::request::By;
use shared::tabulation::attribute::Attribute;

use super::asked::Asked;
use crate::http::auth::Account;
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::results::Edition;

/// The form, and the findings once everything is chosen.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path(year): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Refusal> {
    let asked = Asked::of(&state.service, &account, &year, query.as_deref()).await?;
    let (exploration, problems) = match asked.answer() {
        Ok(exploration) => (Some(exploration), Vec::new()),
        Err(problems) if asked.request.has_begun() => (None, problems),
        Err(_) => (None, Vec::new()),
    };
    let result = asked.result()?;
    let edition = match &result.edition {
        Edition::Published { revision, sha256, .. } => format!("公表第{revision}版、データのハッシュ値 {sha256}"),
        Edition::Provisional => "速報（公表前）".to_owned(),
    };
    let model = Explore {
        year: asked.year,
        provisional: result.edition == Edition::Provisional,
        source: format!("資料：市町村DXアンケート {}　{edition}", asked.year.wareki()),
        computations: computations(&asked),
        form: form(&asked),
        problems,
        exploration,
    };
    let shown = Shown::new("探索的な分析", NavSection::Results);
    Ok(page.show(shown, move || view! { <ExplorePage model=model.clone() /> }).await)
}

/// What is compared, each with how its figures were computed.
fn computations(asked: &Asked) -> Vec<Link> {
    let offered = asked.with(subjects);
    let year = asked.year.year();
    let published = asked.result().is_ok_and(|result| result.edition != Edition::Provisional);
    let link = |subject: &Subject| {
        let label = offered.iter().find(|offered| offered.subject == *subject)?.label.clone();
        let href = match subject {
            // An indicator's figure has a page once it is published.
            Subject::Indicator(_) if !published => return None,
            Subject::Indicator(id) => format!("/indicators/{id}/{year}"),
            Subject::Question(concept) => format!("/results/{year}/{}/computation", encoded(concept)),
        };
        Some(Link::new(label, href))
    };
    asked.request.of.iter().filter_map(link).collect()
}

fn form(asked: &Asked) -> FormModel {
    let offered = asked.with(subjects);
    let questions: Vec<(String, String)> = offered
        .iter()
        .filter(|offered| offered.groups)
        .map(|offered| (offered.subject.code(), offered.label.clone()))
        .collect();
    let of = |is_question: bool| {
        let own = offered.iter().filter(|o| matches!(o.subject, Subject::Question(_)) == is_question);
        own.map(|o| (o.subject.code(), o.label.clone())).collect()
    };
    let attributes = Attribute::ALL.map(|one| (By::Attribute(one).code(), one.label().to_owned())).to_vec();
    let group = |label: &str, options| OptionGroup { label: label.to_owned(), options };
    let choices = asked.with(|sources| choices_of(&asked.request, sources));
    FormModel {
        subjects: vec![group("指標", of(false)), group("設問", of(true))],
        groupings: vec![group("市町村の属性", attributes), group("設問への回答", questions)],
        years: asked.results.years.iter().map(|year| year.snapshot.year).filter(|year| *year != asked.year).collect(),
        choices: choices.into_iter().map(|(label, options)| OptionGroup { label, options }).collect(),
        request: asked.request.clone(),
    }
}
