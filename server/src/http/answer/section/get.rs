//! `GET /answer/{year}/{section}`

use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;

use super::fields::Leftovers;
use crate::http::answer::languages::translate;
use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// Where the visitor comes from, and what the last save did.
#[derive(Deserialize)]
pub struct Asked {
    from: Option<String>,
    /// How many questions just got last year's answer.
    pub copied: Option<usize>,
    /// Names of the questions that the save brought up, separated by commas.
    pub added: Option<String>,
    /// In which language the questions are read.
    pub lang: Option<String>,
}

impl Asked {
    /// Whether saving leads back to the check page.
    pub fn is_from_check(&self) -> bool {
        self.from.as_deref() == Some("check")
    }
}

/// The section's questions with what was answered so far.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path((year, section)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let mut form = state.service.own_form(&account, parse_year(&year)?).await?;
    translate(&mut form, asked.lang.as_deref());
    let section = super::find(&form, &section)?;
    super::show(&state, &page, &account, &form, section, &Leftovers::default(), &asked).await
}
