//! プレビュー: an officer sees the whole site as somebody else would see it if a round were published.
//!
//! Pages that only read are answered by routes of their own, with a service that takes the round as published and for an
//! account that is nobody's. Nothing can be changed there. It ends at the press of a button and with the server.

pub mod end;
pub mod post;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tower::ServiceExt;

use super::auth::AuthSession;
use super::page::is_within;
use super::refusal::Refusal;
use super::security::{Embeddable, PageNonce};
use crate::access::Role;
use crate::service::Error;
use crate::store::{AccountId, AccountRecord};

/// Paths that a preview answers, and what lies below them.
const READING: [&str; 7] = ["/indicators", "/compare", "/pictures", "/results", "/roadmap", "/data", "/publications"];
/// Each holds the results of every year: more are not kept at a time.
const MOST: usize = 8;

/// The previews under way, one an officer.
#[derive(Default)]
pub struct Previews(Mutex<HashMap<AccountId, Preview>>);

#[derive(Clone)]
struct Preview {
    routes: Router,
    seen_by: SeenBy,
}

/// As whom the site is seen, in a preview.
#[derive(Clone)]
pub struct SeenBy {
    /// `None` for whoever is not signed in.
    pub account: Option<AccountRecord>,
    /// 「令和8年度を公表したときに、一般の人に見える内容」
    pub words: Arc<str>,
}

impl Previews {
    /// Begins one, in place of the officer's last.
    pub fn begin(&self, officer: AccountId, routes: Router, seen_by: SeenBy) {
        let mut under_way = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if under_way.len() >= MOST && !under_way.contains_key(&officer) {
            under_way.clear();
        }
        under_way.insert(officer, Preview { routes, seen_by });
    }

    /// Ends it.
    pub fn end(&self, officer: AccountId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&officer);
    }

    fn of(&self, officer: AccountId) -> Option<Preview> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&officer).cloned()
    }
}

/// Middleware: answers an officer who previews.
pub async fn dispatch(State(previews): State<Arc<Previews>>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if path != "/" && !is_within(path, &READING) {
        return next.run(request).await;
    }
    let account = request.extensions().get::<AuthSession>().and_then(|session| session.user.as_ref());
    let officer = account.filter(|account| account.is(Role::Officer)).map(|account| account.id);
    let Some(preview) = officer.and_then(|officer| previews.of(officer)) else { return next.run(request).await };
    if !request.method().is_safe() {
        let message = "プレビューでは変更できません。プレビューを終えてから操作してください。";
        return Refusal::from(Error::Refused(message.to_owned())).into_response();
    }
    let mut response = preview.answer(request).await;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.headers_mut().remove(header::ETAG);
    response.extensions_mut().remove::<Embeddable>();
    response
}

impl Preview {
    /// The request again, with nothing of who really asks.
    async fn answer(self, request: Request) -> Response {
        let (asked, _) = request.into_parts();
        let mut request = Request::new(Body::empty());
        *request.method_mut() = asked.method;
        *request.uri_mut() = asked.uri;
        *request.headers_mut() = asked.headers;
        request.headers_mut().remove(header::IF_NONE_MATCH);
        let nonce = asked.extensions.get::<PageNonce>().cloned().unwrap_or_default();
        request.extensions_mut().insert(nonce);
        request.extensions_mut().insert(self.seen_by);
        match self.routes.oneshot(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        }
    }
}
