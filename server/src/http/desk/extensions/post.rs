//! `POST /desk/{year}/{code}/extension`

use app::pages::desk_extensions::DecisionTyped;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use shared::time::Timestamp;

use crate::http::api::responses::parse_code;
use crate::http::auth::Account;
use crate::http::extensions::refused;
use crate::http::forms::parse_year;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::extending::{Decision, Until};

/// The form as typed.
#[derive(Deserialize)]
pub struct Typed {
    after: u32,
    act: Act,
    #[serde(default)]
    until: String,
    #[serde(default)]
    reason: String,
}

/// What is decided.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Act {
    /// 延長を認める
    Grant,
    /// 認めない
    Decline,
}

/// Grants or declines, and shows the list again; what is wrong comes back with everything that was typed.
pub async fn post(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path((year, code)): Path<(String, String)>,
    Form(typed): Form<Typed>,
) -> Result<Response, Refusal> {
    let (year, code) = (parse_year(&year)?, parse_code(&code)?);
    let decision = match typed.act {
        Act::Grant => Decision::Grant(Until { until: Timestamp::parse_jst(typed.until.trim()), reason: &typed.reason }),
        Act::Decline => Decision::Decline(&typed.reason),
    };
    let (status, problems) = match state.service.decide_extension(&account, year, code, typed.after, decision).await {
        Ok(()) => return Ok(Redirect::to(&format!("/desk/{}/extensions", year.year())).into_response()),
        Err(error) => refused(
            error,
            "画面を開いたあとに、申出が変わりました。現在の申出と決定を確認してから、もう一度決めてください。",
        )?,
    };
    let typed = DecisionTyped { until: typed.until, reason: typed.reason, ..DecisionTyped::default() };
    let mut response =
        super::show(&state, &account, &page, year, Some(code), [(code, (typed, problems))].into()).await?;
    *response.status_mut() = status;
    Ok(response)
}
