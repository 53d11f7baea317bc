//! `GET /invitation`, `POST /invitation`: the code of a letter.

use app::pages::invitation::InvitationCodePage;
use app::shell::NavSection;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use serde::Deserialize;
use shared::printed_code::PrintedCode;
use shared::wire::FieldProblem;

use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;

/// The form as typed.
#[derive(Deserialize)]
pub struct Typed {
    code: String,
}

/// The form.
pub async fn get(page: Page) -> Response {
    show(&page, String::new(), Vec::new()).await
}

/// Goes on to the invitation.
pub async fn post(State(state): State<AppState>, page: Page, Form(typed): Form<Typed>) -> Result<Response, Refusal> {
    let message = match PrintedCode::parse(&typed.code) {
        Some(code) => match state.service.invited(&code).await {
            Ok(_) => return Ok(Redirect::to(&format!("/invitation/{code}")).into_response()),
            Err(Error::NotFound) => super::UNKNOWN,
            Err(other) => return Err(other.into()),
        },
        None => "コードは英数字16文字です。招待状を見て、もう一度入力してください。",
    };
    let problems = vec![FieldProblem { field: "code".to_owned(), message: message.to_owned() }];
    let mut response = show(&page, typed.code, problems).await;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

async fn show(page: &Page, typed: String, problems: Vec<FieldProblem>) -> Response {
    let shown = Shown::new("招待状のコード", NavSection::Account);
    page.show(shown, move || {
        view! { <InvitationCodePage typed=typed.clone() problems=problems.clone() /> }
    })
    .await
}
