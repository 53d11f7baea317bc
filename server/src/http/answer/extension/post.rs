//! `POST /answer/{year}/extension`

use app::pages::answer_extension::ExtensionTyped;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use shared::time::Timestamp;

use crate::http::auth::Account;
use crate::http::extensions::refused;
use crate::http::forms::{parse_year, require_own};
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::extending::Until;

/// The form as typed.
#[derive(Deserialize)]
pub struct Typed {
    municipality: Option<String>,
    after: u32,
    #[serde(default)]
    until: String,
    #[serde(default)]
    reason: String,
}

/// Asks, and shows what was asked for; what is wrong comes back with everything that was typed.
pub async fn post(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path(year): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Refusal> {
    let year = parse_year(&year)?;
    require_own(&account, typed.municipality.as_deref())?;
    let asked = Until { until: Timestamp::parse_jst(typed.until.trim()), reason: &typed.reason };
    let (status, problems) = match state.service.request_extension(&account, year, typed.after, asked).await {
        Ok(()) => return Ok(Redirect::to(&format!("/answer/{}/extension", year.year())).into_response()),
        Err(error) => refused(
            error,
            "画面を開いたあとに、申出か県の決定がありました。下の経過を確認してから、必要ならもう一度申し出てください。",
        )?,
    };
    let form = state.service.own_form(&account, year).await?;
    let typed = ExtensionTyped { after: 0, until: typed.until, reason: typed.reason, problems };
    let mut response = super::show(&state, &page, &form, typed).await;
    *response.status_mut() = status;
    Ok(response)
}
