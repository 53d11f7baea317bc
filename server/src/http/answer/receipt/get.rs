//! `GET /answer/{year}/receipt`

use app::pages::receipt::{Receipt, ReceiptPage};
use app::shell::NavSection;
use axum::extract::{Path, State};
use axum::response::Response;
use leptos::prelude::*;

use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;

/// Proof of the last submission.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path(year): Path<String>,
) -> Result<Response, Refusal> {
    let form = state.service.own_form(&account, parse_year(&year)?).await?;
    let receipt = form.response.receipt.ok_or(Error::NotFound)?;
    let model = Receipt {
        year: form.round.year,
        municipality: form.municipality.name,
        number: receipt.number,
        submitted_at: receipt.at,
        submitted_by: receipt.by.name,
        sha256: receipt.content_hash,
    };
    let shown = Shown::new("提出の控え", NavSection::Answer);
    Ok(page.show(shown, move || view! { <ReceiptPage model=model.clone() /> }).await)
}
