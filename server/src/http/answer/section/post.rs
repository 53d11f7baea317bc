//! `POST /answer/{year}/{section}`: saves a section without WebAssembly.
//!
//! What can be an answer is saved, also when it breaks a constraint: nothing typed is lost, and it cannot be handed
//! in before it is corrected. What cannot be an answer, and what somebody else changed meanwhile, comes back with
//! the page (422 or 409) as it was typed; without a session the login page carries it on (401).

use axum::Form as Posted;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use shared::questionnaire::Section;
use shared::response::AnswerValue;

use super::added::brought_up;
use super::get::Asked;
use super::resume::{Sender, sender};
use super::same;
use super::typed::Typed;
use crate::http::answer::languages::{translate, with_language};
use crate::http::auth::AuthSession;
use crate::http::forms::parse_year;
use crate::http::limits::Origin;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;
use crate::service::answering::Form;
use crate::store::SaveOutcome;

/// Saves and goes on to where the button says.
pub async fn post(
    State(state): State<AppState>,
    session: AuthSession,
    page: Page,
    Origin(from): Origin,
    Path((year, section)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let year = parse_year(&year)?;
    let typed = Typed::new(pairs);
    let action = super::address(year, &section, &asked);
    let (account, page) = match sender(&state, session, page, from, &typed, &action).await? {
        Sender::Known(account, page) => (account, page),
        Sender::Asked(response) => return Ok(response),
    };
    let form = state.service.own_form(&account, year).await?;
    let shown = super::find(&form, &section)?;
    if let Some(reason) = form.read_only() {
        return Err(Error::Refused(reason).into());
    }
    let (mut changes, mut leftovers) = typed.read(&form, shown);
    let copied = if typed.one("same") == "*" { same::take_over(&form, shown, &mut changes) } else { 0 };
    let outcomes = state.service.save_form(&account, year, changes.clone()).await?;
    for (change, outcome) in changes.into_iter().zip(outcomes) {
        if let SaveOutcome::Conflict(stored) = outcome {
            let name = change.question.to_string();
            leftovers.typed.insert(name.clone(), change.value.as_ref().map(AnswerValue::raw).unwrap_or_default());
            leftovers.conflicts.insert(name, stored);
        }
    }
    let before = form;
    let mut form = state.service.own_form(&account, year).await?;
    translate(&mut form, asked.lang.as_deref());
    let shown = super::find(&form, &section)?;
    let broken = form.progress(&form.evaluation(), shown).broken > 0;
    let status = if !leftovers.conflicts.is_empty() {
        StatusCode::CONFLICT
    } else if broken || !leftovers.errors.is_empty() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        let added = brought_up(&before, &form, shown);
        return Ok(Redirect::to(&next(&form, shown, &typed, &asked, copied, &added)).into_response());
    };
    let mut asked = asked;
    asked.copied = (typed.one("same") == "*").then_some(copied);
    let mut response = super::show(&state, &page, &account, &form, shown, &leftovers, &asked).await?;
    *response.status_mut() = status;
    Ok(response)
}

/// Where a saved section leads: a button beside a question leads back to it, and nobody is led past a question that the
/// save brought up, before having seen it.
fn next(form: &Form, section: &Section, typed: &Typed, asked: &Asked, copied: usize, added: &[&str]) -> String {
    let year = form.round.year;
    let here = super::address(year, section.name.as_str(), asked);
    let mark = if here.contains('?') { '&' } else { '?' };
    if typed.one("same") == "*" {
        return format!("{here}{mark}copied={copied}");
    }
    let pressed = typed.given("same").or(typed.given("confirm")).and_then(|name| form.questionnaire.find(name));
    if let Some(index) = pressed {
        return format!("{here}#q-{}", form.questionnaire.question(index).name);
    }
    if typed.one("then") == "next" && !added.is_empty() {
        let names: String = form_urlencoded::byte_serialize(added.join(",").as_bytes()).collect();
        return format!("{here}{mark}added={names}");
    }
    let year = year.year();
    let sections = &form.questionnaire.sections;
    let following = sections.iter().skip_while(|s| s.name != section.name).nth(1);
    let there = match (typed.one("then"), following) {
        ("list", _) => format!("/answer/{year}"),
        ("next", Some(following)) => format!("/answer/{year}/{}", following.name.as_str()),
        _ => format!("/answer/{year}/check"),
    };
    with_language(there, asked.lang.as_deref())
}
