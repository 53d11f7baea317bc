//! `POST /desk/{year}/publication`

use std::collections::BTreeMap;

use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use shared::publication::plan::GREATEST_THRESHOLD;
use shared::response::parse_integer;
use shared::tabulation::SmallCells;
use shared::visibility::{QuestionVisibility, Visibility};
use shared::wire::FieldProblem;

use super::Typed;
use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;

/// Keeps who may see what, and the thresholds.
pub async fn post(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path(year): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let year = parse_year(&year)?;
    let typed = Typed { scope: pairs, ..Typed::default() };
    let release = state.service.release(&account, year).await?;
    let revision = typed.value("revision").and_then(|revision| revision.parse().ok());
    let revision = revision.ok_or_else(|| {
        Refusal::BadRequest("どの版を変えるのか読み取れません。画面を開き直してください。".to_owned())
    })?;
    let questions = release.questions.iter();
    let wanted: BTreeMap<String, QuestionVisibility> =
        questions.map(|q| (q.name.clone(), chosen(&typed.scope, &q.name, q.visibility))).collect();
    let thresholds = [threshold(&typed, "whole"), threshold(&typed, "groups")];
    let saved = match thresholds {
        [Ok(whole), Ok(groups)] => {
            let small_cells = SmallCells { whole, groups };
            state.service.save_release(&account, year, revision, &wanted, small_cells).await
        }
        thresholds => Err(Error::Invalid(thresholds.into_iter().filter_map(Result::err).collect())),
    };
    match saved {
        Ok(()) => Ok(Redirect::to(&format!("/desk/{}/publication", year.year())).into_response()),
        Err(Error::Invalid(problems)) => super::show(&state, &account, &page, year, Typed { problems, ..typed }).await,
        Err(other) => Err(other.into()),
    }
}

/// What was chosen for a question; `otherwise` where nothing was sent that is a visibility.
pub fn chosen(sent: &[(String, String)], question: &str, otherwise: QuestionVisibility) -> QuestionVisibility {
    let of = |part: &str| {
        let name = format!("{part}.{question}");
        sent.iter().find(|(sent, _)| *sent == name).and_then(|(_, value)| Visibility::of_code(value))
    };
    QuestionVisibility {
        aggregate: of("aggregate").unwrap_or(otherwise.aggregate),
        named: of("named").unwrap_or(otherwise.named),
    }
}

fn threshold(typed: &Typed, field: &str) -> Result<u32, FieldProblem> {
    let number = parse_integer(typed.value(field).unwrap_or_default()).ok();
    number.and_then(|number| u32::try_from(number).ok()).ok_or_else(|| FieldProblem {
        field: field.to_owned(),
        message: format!("0から{GREATEST_THRESHOLD}までの整数で入力してください。"),
    })
}
