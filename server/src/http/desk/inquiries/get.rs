//! `GET /desk/{year}/inquiries`

use app::pages::inquiries::InquiryList;
use axum::extract::{Path, State};
use axum::response::Response;
use shared::response::Side;

use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::inquiries::{about, item, show_list};
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// What the prefecture and the municipalities talk over.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path(year): Path<String>,
) -> Result<Response, Refusal> {
    let year = parse_year(&year)?;
    let inquiries = state.service.inquiries(&account, year, None).await?;
    let questionnaire = state.service.questionnaire_of(year).await?;
    let names = state.service.register_of(year).await?;
    let items = inquiries.iter().filter_map(|inquiry| {
        let name = names.get(&inquiry.code).map(|municipality| municipality.name.clone());
        item(year, Side::Prefecture, inquiry, about(&questionnaire, inquiry.question.as_ref()), name)
    });
    let model = InquiryList {
        year,
        side: Side::Prefecture,
        municipality: None,
        items: items.collect(),
        new_href: None,
        // The officers' own page has them, withdrawn ones too.
        advice: Vec::new(),
    };
    Ok(show_list(&page, model).await)
}
