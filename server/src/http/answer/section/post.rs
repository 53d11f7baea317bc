//! `POST /answer/{year}/{section}`: saves a section without WebAssembly.
//!
//! What can be an answer is saved, also when it breaks a constraint: nothing typed is lost, and it cannot be handed
//! in before it is corrected. What cannot be an answer, and what somebody else changed meanwhile, comes back with
//! the page (422 or 409) as it was typed.

use std::collections::BTreeMap;

use axum::Form as Posted;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use shared::questionnaire::{Question, Section};
use shared::response::answer::{AnswerValue, RawAnswer};

use crate::http::auth::Account;
use crate::http::forms::{Leftovers, parse_year};
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;
use crate::service::answering::Form;
use crate::store::{NewAnswer, SaveOutcome};

/// Where the visitor comes from.
#[derive(Deserialize)]
pub struct Asked {
    from: Option<String>,
}

/// Saves and goes on to where the button says.
pub async fn post(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path((year, section)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let year = parse_year(&year)?;
    let form = state.service.own_form(&account, year).await?;
    let shown = super::find(&form, &section)?;
    if let Some(reason) = form.read_only() {
        return Err(Error::Refused(reason).into());
    }
    let typed = Typed::new(pairs);
    let (changes, mut leftovers) = read(&form, shown, &typed);
    let names: Vec<String> = changes.iter().map(|change| change.question.to_string()).collect();
    let outcomes = state.service.save_form(&account, year, changes).await?;
    for (name, outcome) in names.into_iter().zip(outcomes) {
        if let SaveOutcome::Conflict(stored) = outcome {
            leftovers.typed.insert(name.clone(), typed.raw(&name));
            leftovers.conflicts.insert(name, stored);
        }
    }
    let form = state.service.own_form(&account, year).await?;
    let shown = super::find(&form, &section)?;
    let broken = form.progress(&form.evaluation(), shown).broken > 0;
    let status = if !leftovers.conflicts.is_empty() {
        StatusCode::CONFLICT
    } else if broken || !leftovers.errors.is_empty() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        return Ok(Redirect::to(&next(&form, shown, typed.one("then"))).into_response());
    };
    let from_check = asked.from.as_deref() == Some("check");
    let now = state.service.clock().now();
    let mut response = super::show(&page, &form, shown, &leftovers, from_check, now).await;
    *response.status_mut() = status;
    Ok(response)
}

/// The form's values by name, repeated ones in order.
struct Typed(BTreeMap<String, Vec<String>>);

impl Typed {
    fn new(pairs: Vec<(String, String)>) -> Self {
        let mut values: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, value) in pairs {
            values.entry(name).or_default().push(value);
        }
        Self(values)
    }

    fn one(&self, name: &str) -> &str {
        self.0.get(name).and_then(|values| values.first()).map_or("", String::as_str)
    }

    fn raw(&self, question: &str) -> RawAnswer {
        RawAnswer {
            values: self.0.get(question).cloned().unwrap_or_default(),
            unknown: self.one(&format!("{question}.unknown")) == "1",
        }
    }
}

/// What is to be saved, and what cannot be. Only questions whose revision came with the form were on the page.
fn read(form: &Form, section: &Section, typed: &Typed) -> (Vec<NewAnswer>, Leftovers) {
    let mut changes = Vec::new();
    let mut leftovers = Leftovers::default();
    for index in section.questions() {
        let question: &Question = form.questionnaire.question(index);
        let name = question.name.as_str();
        let Ok(revision) = typed.one(&format!("{name}.revision")).parse() else { continue };
        let kept = typed.one(&format!("{name}.keep"));
        if !question.kind.takes_answer() || kept == "theirs" {
            continue;
        }
        let raw = typed.raw(name);
        // Two values were shown and none was chosen: ask again.
        if let (true, Some(stored)) = (typed.one(&format!("{name}.conflict")) == "1", form.answers.get(&question.name))
            && kept != "mine"
        {
            leftovers.typed.insert(name.to_owned(), raw);
            leftovers.conflicts.insert(name.to_owned(), stored.clone());
            continue;
        }
        match AnswerValue::parse(&question.kind, question.may_be_unknown, &raw) {
            Ok(value) => changes.push(NewAnswer { question: question.name.clone(), value, revision }),
            Err(error) => {
                leftovers.errors.insert(name.to_owned(), error.to_string());
                leftovers.typed.insert(name.to_owned(), raw);
            }
        }
    }
    (changes, leftovers)
}

/// Where a saved section leads.
fn next(form: &Form, section: &Section, then: &str) -> String {
    let year = form.round.year.year();
    let sections = &form.questionnaire.sections;
    let following = sections.iter().skip_while(|s| s.name != section.name).nth(1);
    match (then, following) {
        ("list", _) => format!("/answer/{year}"),
        ("next", Some(following)) => format!("/answer/{year}/{}", following.name.as_str()),
        _ => format!("/answer/{year}/check"),
    }
}
