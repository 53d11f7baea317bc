//! 招待: setting the password of an account.
//!
//! - [`code`]: the code of a letter, typed
//! - [`get`], [`post`]: the password
pub mod code;
pub mod get;
pub mod post;

use app::pages::invitation::{Invitation, InvitationPage};
use app::shell::NavSection;
use axum::response::Response;
use leptos::prelude::*;
use shared::printed_code::PrintedCode;
use shared::wire::FieldProblem;

use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::accounts::SHORTEST_PASSWORD;
use crate::service::{Error, Result};
use crate::store::AccountRecord;

/// What is said of every code that is no valid invitation, whatever is wrong with it.
const UNKNOWN: &str = "この招待状は使えません。すでに使われたか、期限が過ぎたか、新しい招待状に置き換わっています。\
                       パスワードを設定済みの方はログインしてください。それ以外の方は、県の担当へ連絡してください。";

/// Whose invitation it is.
async fn invited(state: &AppState, token: &str) -> std::result::Result<(PrintedCode, AccountRecord), Refusal> {
    let unknown = || Refusal::Missing(UNKNOWN.to_owned());
    let code = PrintedCode::parse(token).ok_or_else(unknown)?;
    let account = known(state.service.invited(&code).await)?;
    Ok((code, account))
}

fn known<T>(result: Result<T>) -> std::result::Result<T, Refusal> {
    result.map_err(|error| match error {
        Error::NotFound => Refusal::Missing(UNKNOWN.to_owned()),
        other => other.into(),
    })
}

/// Shows the form.
async fn show(
    state: &AppState,
    page: &Page,
    code: &PrintedCode,
    account: AccountRecord,
    problems: Vec<FieldProblem>,
) -> std::result::Result<Response, Refusal> {
    let municipality = match account.municipality {
        Some(code) => state.service.municipality(code).await?.map(|m| m.name),
        None => None,
    };
    let model = Invitation {
        action: format!("/invitation/{code}"),
        display_name: account.display_name,
        municipality,
        login_name: account.login_name,
        shortest: SHORTEST_PASSWORD,
        problems,
    };
    let shown = Shown::new("パスワードの設定", NavSection::Account);
    Ok(page.show(shown, move || view! { <InvitationPage model=model.clone() /> }).await)
}

/// The two entries of a new password, if they are one.
pub fn same(password: String, repeated: &str) -> Result<String> {
    if password == repeated {
        return Ok(password);
    }
    Err(Error::invalid("repeated", "新しいパスワードと確認の入力が違います。同じものを入力してください。"))
}
