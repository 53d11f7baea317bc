//! `POST /desk/{year}/questionnaire`: an edited workbook is examined. Nothing is saved.

use axum::extract::{Multipart, Path, State};
use axum::response::Response;
use shared::round::RoundState;

use super::{Again, show, show_check, uploaded};
use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::http::upload::{self, Sent};
use crate::service::Error;
use crate::workbook::Refused;
use crate::xlsform::upload::LIMITS;

/// Largest request body, in bytes. What is larger than a workbook may be is read to its end and thrown away, so that the
/// browser gets to read why it is refused; beyond this the connection is closed.
pub const LARGEST_BODY: usize = 4 * LIMITS.file;

/// Shows what the workbook would change, or every fault of it.
pub async fn post(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path(year): Path<String>,
    form_data: Multipart,
) -> Result<Response, Refusal> {
    let preparation = state.service.preparation(&account, parse_year(&year)?).await?;
    if preparation.round.state != RoundState::Draft {
        return Err(Error::Refused("受付を始めた調査の調査票は、変更できません。".to_owned()).into());
    }
    let read = match upload::read(form_data, LIMITS.file).await?.file {
        Sent::Whole { name, bytes } => uploaded::read(&state, name, bytes).await?,
        Sent::TooLarge => Err(vec![uploaded::of_file("", &Refused::TooLarge.to_string())]),
        Sent::Nothing => Err(vec![uploaded::of_file("", "ファイルを選んでください。")]),
    };
    Ok(match read {
        Ok(uploaded) => show_check(&page, &preparation, uploaded, &Again::default()).await,
        Err(faults) => show(&page, &preparation, false, faults).await,
    })
}
