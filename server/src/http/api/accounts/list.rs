//! `GET /api/v1/accounts`

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use shared::time::Timestamp;
use shared::wire::{AccountSummary, Problem};

use crate::access::Role;
use crate::http::api::paging::{PageParameters, Paging};
use crate::http::auth::Account;
use crate::http::desk::accounts;
use crate::http::desk::accounts::typed::Names;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::store::AccountRecord;

/// Everybody who may sign in, disabled accounts too, by login name; for officers.
#[utoipa::path(
    get,
    path = "/api/v1/accounts",
    tag = "rounds",
    params(PageParameters),
    responses(
        (status = OK, body = Vec<AccountSummary>),
        (status = UNAUTHORIZED, body = Problem, content_type = "application/problem+json"),
        (status = FORBIDDEN, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list(
    State(state): State<AppState>,
    Account(account): Account,
    paging: Paging,
) -> Result<impl IntoResponse, Refusal> {
    let personnel = state.service.personnel(&account).await?;
    let (names, now) = (Names::of(&state).await?, state.service.clock().now());
    let page = paging.of_total(personnel.len());
    let accounts: Vec<AccountSummary> = page.part(personnel.into_iter().map(|person| summary(person, &names, now)));
    Ok((page, Json(accounts)))
}

fn summary(person: AccountRecord, names: &Names, now: Timestamp) -> AccountSummary {
    AccountSummary {
        id: person.id.0,
        standing: accounts::code(person.standing(now)).to_owned(),
        code: person.municipality.map(|code| code.to_string()),
        municipality: names.name(person.municipality),
        roles: person.roles.iter().copied().map(Role::code).map(str::to_owned).collect(),
        email: person.email.is_some(),
        second_factor: person.second_factor_since.is_some(),
        last_login_at: person.last_login_at.map(Timestamp::rfc3339),
        login_name: person.login_name,
        display_name: person.display_name,
    }
}
