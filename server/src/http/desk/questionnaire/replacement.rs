//! `POST /desk/{year}/questionnaire/replacement`: the round asks what was examined.

use app::pages::desk_questionnaire::questionnaire_href;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use shared::questionnaire::QuestionName;

use super::{Again, show, show_check, uploaded};
use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;
use crate::service::preparing::{Confirmed, NotTaken};
use crate::store::QuestionnaireId;
use crate::xlsform::upload::LIMITS;

/// Largest request body, in bytes: a workbook in Base64, with `+` and `/` written as three characters each.
pub const LARGEST_BODY: usize = 2 * LIMITS.file;

/// Takes the questionnaire, or shows it once more with what is still to be confirmed.
pub async fn post(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path(year): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let year = parse_year(&year)?;
    let preparation = state.service.preparation(&account, year).await?;
    let one = |name: &str| sent.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str());
    let workbook = one("workbook").and_then(uploaded::decoded);
    let (Some(bytes), Some(Ok(from))) = (workbook, one("replaces").map(str::parse::<i64>)) else {
        let message = "送信された内容を読み取れません。調査票をもう一度アップロードしてください。";
        return Err(Refusal::BadRequest(message.to_owned()));
    };
    let all = |name: &'static str| sent.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.clone());
    let confirmed = Confirmed {
        questions: all("confirmed").map(QuestionName).collect(),
        definitions: all("confirmed_definition").collect(),
    };
    let file = one("file").unwrap_or_default().to_owned();
    let uploaded = match uploaded::read(&state, file, bytes).await? {
        Ok(uploaded) => uploaded,
        Err(faults) => return Ok(show(&page, &preparation, false, faults).await),
    };
    let (service, questionnaire) = (&state.service, uploaded.questionnaire.clone());
    let taken = service.take_questionnaire(&account, year, QuestionnaireId(from), questionnaire, &confirmed).await?;
    let again = match taken {
        Ok(()) => return Ok(Redirect::to(&format!("{}?taken=1", questionnaire_href(year))).into_response()),
        Err(NotTaken::Unconfirmed(missing)) => Again { confirmed, missing, overtaken: false },
        Err(NotTaken::Overtaken) => Again { overtaken: true, ..Again::default() },
        // Somebody brought in the same version after it was read.
        Err(NotTaken::VersionTaken) => return Err(Error::Changed.into()),
    };
    // What it is compared with may have been changed since.
    let preparation = state.service.preparation(&account, year).await?;
    Ok(show_check(&page, &preparation, uploaded, &again).await)
}
