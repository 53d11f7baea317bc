//! What every request for results brings: a reader, a query, and perhaps what the client has already.

use axum::Json;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use shared::tabulation::{Filter, Variable};

use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::refusal::Refusal;
use crate::http::results::asked::Asked;
use crate::http::results::seen::{Seen, SeenYear};
use crate::http::state::AppState;
use crate::service::Error;

/// A request for results. An extractor; anonymous readers have one too.
pub struct Reading {
    /// What the reader may see.
    pub seen: Seen,
    /// What the query asks for.
    pub asked: Asked,
    public: bool,
    headers: HeaderMap,
}

impl FromRequestParts<AppState> for Reading {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Refusal> {
        let account = <Option<Account>>::from_request_parts(parts, state).await.unwrap_or(None);
        let seen = Seen::by(&state.service, account.as_ref().map(|account| &account.0)).await?;
        let asked = Asked::read(parts.uri.query().unwrap_or_default());
        Ok(Self { seen, asked, public: account.is_none(), headers: parts.headers.clone() })
    }
}

impl Reading {
    /// That year's results, as far as the reader may see any.
    pub fn year(&self, year: &str) -> Result<SeenYear<'_>, Refusal> {
        Ok(self.seen.year(parse_year(year)?).ok_or(Error::NotFound)?)
    }

    /// A question of that year.
    pub fn question(&self, year: &str, concept: &str) -> Result<(SeenYear<'_>, &Variable), Refusal> {
        Ok((self.year(year)?, self.seen.variable(concept)?))
    }

    /// Whom the query selects; a condition that selects nothing that exists is refused.
    pub fn filter(&self) -> Result<&Filter, Refusal> {
        match &self.asked.invalid {
            Some(invalid) => Err(Refusal::BadRequest(invalid.to_string())),
            None => Ok(&self.asked.filter),
        }
    }

    /// The answer with its entity tag, or 304 where the client has it already.
    ///
    /// Public results may be kept by a client that asks again each time; what a signed-in reader sees is kept by nobody.
    pub fn answer<T: Serialize>(&self, body: impl FnOnce() -> T) -> Response {
        let tag = self.seen.entity_tag();
        let known = self.headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
        let same = |known: &str| known.split(',').any(|one| one.trim() == tag || one.trim() == "*");
        let mut response = if known.is_some_and(same) {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            Json(body()).into_response()
        };
        let headers = response.headers_mut();
        if let Ok(tag) = tag.parse() {
            headers.insert(header::ETAG, tag);
        }
        headers.insert(header::VARY, HeaderValue::from_static("cookie"));
        if self.public {
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        }
        response
    }
}
