//! Who a sent form is saved as. Where the session has ended, or belongs to another municipality, the login page stands in
//! the form's place, carries everything that was typed, and sends it again.

use app::pages::login::{Login, LoginPage, Resumed};
use app::pages::login_code::LoginCode;
use app::shell::NavSection;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::typed::{CODE, LOGIN_NAME, PASSWORD, Typed};
use crate::http::auth::{AuthSession, Credentials};
use crate::http::limits::Caller;
use crate::http::login::{Attempt, code, confirm, form, sign_in};
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::store::AccountRecord;

/// Who the form is saved as, or the page that asks.
pub enum Sender {
    /// Somebody of the municipality whose form it is, and the page as they see it.
    Known(Box<AccountRecord>, Box<Page>),
    /// The login in the form's place.
    Asked(Response),
}

/// Finds out who sent the form to `action`; signs in on the way when it brings a password or a code.
pub async fn sender(
    state: &AppState,
    mut session: AuthSession,
    page: Page,
    from: Caller,
    typed: &Typed,
    action: &str,
) -> Result<Sender, Refusal> {
    let ask =
        async |page: &Page, status, error| Sender::Asked(login_page(state, page, typed, action, status, error).await);
    let only = typed.municipality();
    let attempt = if let Some(code) = typed.given(CODE) {
        Some(confirm(state, &mut session, code, from, only).await?)
    } else if let Some(password) = typed.given(PASSWORD) {
        let login_name = typed.one(LOGIN_NAME).trim().to_owned();
        let credentials = Credentials { login_name, password: password.to_owned() };
        Some(sign_in(state, &mut session, credentials, from, only).await?)
    } else {
        None
    };
    match attempt {
        Some(Attempt::SignedIn(account)) => {
            return Ok(Sender::Known(account.clone(), Box::new(page.signed_in(*account).await?)));
        }
        Some(Attempt::CodeAsked(error)) => return Ok(Sender::Asked(code_page(&page, typed, action, error).await)),
        Some(Attempt::Refused(status, words)) => return Ok(ask(&page, status, Some(words)).await),
        None => {}
    }
    let Some(account) = page.account.clone() else {
        return Ok(ask(&page, StatusCode::UNAUTHORIZED, None).await);
    };
    match only {
        Some(code) if account.answers_for() != Some(code) => {
            let whose = state.service.municipality(code).await?.map_or_else(|| code.to_string(), |m| m.name);
            let words = format!(
                "入力されたのは{whose}の回答ですが、いまは「{}」でログインしているため、保存していません。\
                 {whose}のログイン名でログインしてください。",
                account.display_name
            );
            Ok(ask(&page, StatusCode::CONFLICT, Some(words)).await)
        }
        _ => Ok(Sender::Known(Box::new(account), Box::new(page))),
    }
}

/// The code in the form's place, after the password.
async fn code_page(page: &Page, typed: &Typed, action: &str, error: Option<String>) -> Response {
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::UNAUTHORIZED };
    let resumed = Some(Resumed { action: action.to_owned(), carried: typed.carried() });
    let mut response = code::show(page, LoginCode { error, next: None, resumed }).await;
    *response.status_mut() = status;
    response
}

async fn login_page(
    state: &AppState,
    page: &Page,
    typed: &Typed,
    action: &str,
    status: StatusCode,
    error: Option<String>,
) -> Response {
    let model = Login {
        login_name: typed.one(LOGIN_NAME).to_owned(),
        error,
        // It would lead away from what was typed.
        provider: None,
        resumed: Some(Resumed { action: action.to_owned(), carried: typed.carried() }),
        ..form(state, None)
    };
    let shown = Shown::new("ログイン", NavSection::Account);
    let mut response = page.show(shown, move || view! { <LoginPage model=model.clone() /> }).await;
    *response.status_mut() = status;
    response
}
