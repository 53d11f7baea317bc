//! What every request for results brings: a reader, a query, and perhaps what the client has already.

use axum::Json;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use shared::tabulation::{Filter, Variable};

use crate::http::auth::Account;
use crate::http::entity_tag;
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
    headers: HeaderMap,
}

impl FromRequestParts<AppState> for Reading {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Refusal> {
        let account = <Option<Account>>::from_request_parts(parts, state).await.unwrap_or(None);
        let seen = Seen::by(&state.service, account.as_ref().map(|account| &account.0)).await?;
        let asked = Asked::read(parts.uri.query().unwrap_or_default());
        Ok(Self { seen, asked, headers: parts.headers.clone() })
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
        self.asked.filter()
    }

    /// The answer with its entity tag; nothing is computed where the client has it already.
    pub fn answer<T: Serialize>(&self, body: impl FnOnce() -> T) -> Response {
        let tag = self.seen.entity_tag();
        let mut response = if entity_tag::is_known(&self.headers, &tag) {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            Json(body()).into_response()
        };
        if let Ok(tag) = tag.parse() {
            response.headers_mut().insert(header::ETAG, tag);
        }
        response
    }
}
