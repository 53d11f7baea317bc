//! `GET /login`

use app::pages::login::{Login, LoginPage};
use app::shell::NavSection;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use serde::Deserialize;

use super::form;
use crate::http::page::{Page, Shown, home_of, local_path};
use crate::http::state::AppState;

/// Where to return to, and what was before.
#[derive(Deserialize)]
pub struct Asked {
    next: Option<String>,
    from: Option<String>,
}

/// The form; somebody signed in already goes on at once.
pub async fn get(State(state): State<AppState>, page: Page, Query(asked): Query<Asked>) -> Response {
    let next = asked.next.as_deref().and_then(local_path);
    if let Some(account) = &page.account {
        return Redirect::to(next.unwrap_or(home_of(account))).into_response();
    }
    let password_set = asked.from.as_deref() == Some("invitation");
    let model = Login { password_set, ..form(&state, next.map(str::to_owned)) };
    page.show(Shown::new("ログイン", NavSection::Account), move || view! { <LoginPage model=model.clone() /> }).await
}
