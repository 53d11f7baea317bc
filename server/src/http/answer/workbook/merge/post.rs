//! `POST /answer/{year}/workbook/merge`: saves what was chosen.

use std::collections::BTreeMap;

use axum::Form as Posted;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use shared::response::Decision;
use shared::response::answer::{AnswerValue, RawAnswer};

use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::answering::Form;
use crate::service::workbook::{Decided, Offer};

/// Largest request body, in bytes: every text of a workbook at its limit, percent-encoded, fits.
pub const LARGEST_BODY: usize = 16 * 1024 * 1024;

/// Saves and says how much, or shows again what is still to be decided (422) or was changed meanwhile (409).
pub async fn post(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path(year): Path<String>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let year = parse_year(&year)?;
    let form = state.service.own_form(&account, year).await?;
    let offers = offers(&form, pairs)?;
    let (status, mut response) = match state.service.decide_workbook(&account, year, offers).await? {
        Decided::Saved(count) => {
            let address = format!("/answer/{}/workbook?saved={count}", year.year());
            return Ok(Redirect::to(&address).into_response());
        }
        Decided::Undecided(comparison) => {
            (StatusCode::UNPROCESSABLE_ENTITY, super::show(&page, comparison, None, true).await)
        }
        Decided::Changed { saved, again } => {
            (StatusCode::CONFLICT, super::show(&page, again, Some(saved), false).await)
        }
    };
    *response.status_mut() = status;
    Ok(response)
}

/// The answers that came with the form. Only questions whose revision came with it were on the page.
fn offers(form: &Form, pairs: Vec<(String, String)>) -> Result<Vec<Offer>, Refusal> {
    let mut sent: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, value) in pairs {
        sent.entry(name).or_default().push(value);
    }
    let mut offers = Vec::new();
    for (index, question) in form.questionnaire.indexed() {
        let field = |part: &str| sent.get(&format!("{}.{part}", question.name)).map_or(&[][..], Vec::as_slice);
        let one = |part: &str| field(part).first().map_or("", String::as_str);
        let Ok(revision) = one("revision").parse() else { continue };
        let raw = RawAnswer { values: field("value").to_vec(), unknown: one("unknown") == "1" };
        // The page sends what it was given: anything else was made by hand.
        let workbook = AnswerValue::parse(&question.kind, question.may_be_unknown, &raw)
            .map_err(|error| Refusal::BadRequest(format!("「{}」：{error}", question.label)))?;
        let chosen = Decision::of_code(one("keep"));
        offers.push(Offer { index, workbook, base_revision: one("base").parse().ok(), revision, chosen });
    }
    Ok(offers)
}
