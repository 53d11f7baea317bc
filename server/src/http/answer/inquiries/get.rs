//! `GET /answer/{year}/inquiries`

use app::pages::inquiries::InquiryList;
use axum::extract::{Path, State};
use axum::response::Response;
use shared::response::Side;

use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::inquiries::{about, general_advice, item, list_href, show_list};
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// What the own municipality and the prefecture talk over.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path(year): Path<String>,
) -> Result<Response, Refusal> {
    let year = parse_year(&year)?;
    let form = state.service.own_form(&account, year).await?;
    let inquiries = state.service.own_inquiries(&account, year).await?;
    let items = inquiries.iter().filter_map(|inquiry| {
        item(year, Side::Municipality, inquiry, about(&form.questionnaire, inquiry.question.as_ref()), None)
    });
    let model = InquiryList {
        year,
        side: Side::Municipality,
        municipality: Some(form.municipality.name.clone()),
        items: items.collect(),
        new_href: form.round.state.is_under_review().then(|| format!("{}/new", list_href(year, Side::Municipality))),
        advice: general_advice(&state, year).await?,
    };
    Ok(show_list(&page, model).await)
}
