//! `GET /api/v1/publications/{year}/{revision}/corrections`

use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use shared::publication::difference::CellDifference;
use shared::response::Cell;
use shared::visibility::Visibility;
use shared::wire::{AnswerInWords, CorrectedAnswer, Problem};

use super::Revision;
use crate::http::api::paging::{PageParameters, Paging};
use crate::http::api::parameters::Year;
use crate::http::auth::Account;
use crate::http::publications::found::Found;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::store::AccountRecord;

/// The answers that a revision corrected, by municipality and question, as far as the caller may see them; none of the
/// first.
#[utoipa::path(
    get,
    path = "/api/v1/publications/{year}/{revision}/corrections",
    tag = "results",
    params(Year, Revision, PageParameters),
    responses(
        (status = OK, body = Vec<CorrectedAnswer>),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list(
    State(state): State<AppState>,
    account: Option<Account>,
    Path((year, revision)): Path<(String, String)>,
    paging: Paging,
) -> Result<impl IntoResponse, Refusal> {
    let account = account.as_ref().map(|account| &account.0);
    let reader = account.map_or(Visibility::Public, AccountRecord::clearance);
    let found = Found::at(&state, account, &year, &revision).await?;
    let changed = found.differences(reader).map(|differences| differences.cells).unwrap_or_default();
    let page = paging.of_total(changed.len());
    let answers: Vec<CorrectedAnswer> = page.part(changed.iter().map(|changed| answer(&found, changed)));
    Ok((page, Json(answers)))
}

fn answer(found: &Found, changed: &CellDifference<'_>) -> CorrectedAnswer {
    let CellDifference { municipality, question, before, after } = changed;
    let words = |cell: &Cell| AnswerInWords { state: cell.code().to_owned(), words: found.words(&question.name, cell) };
    CorrectedAnswer {
        code: municipality.municipality.code.to_string(),
        name: municipality.municipality.name.clone(),
        question: question.name.clone(),
        number: question.number.clone(),
        label: question.label.clone(),
        before: words(before),
        after: words(after),
    }
}
