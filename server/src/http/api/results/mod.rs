//! `/api/v1/results`: every table of the results' pages. What a reader may not see is refused or suppressed as there.
//!
//! An `ETag` names the results and the class of the reader; `If-None-Match` saves sending them again.
//!
//! - [`index`], [`question`], [`values`], [`transition`]: the resources
//! - [`lines`]: tables as JSON

pub mod index;
pub mod lines;
pub mod question;
pub mod transition;
pub mod values;

use axum::Json;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use shared::wire::ResultsEdition;

use crate::http::results::seen::{Seen, SeenYear};
use crate::service::results::Edition;

/// The answer with its entity tag, or 304 where the client has it already.
///
/// Public results may be kept by a client that asks again each time; what a signed-in reader sees is kept by nobody.
fn tagged<T: Serialize>(seen: &Seen, asked: &HeaderMap, public: bool, body: impl FnOnce() -> T) -> Response {
    let tag = seen.entity_tag();
    let known = asked.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let same = |known: &str| known.split(',').any(|one| one.trim() == tag || one.trim() == "*");
    let mut response =
        if known.is_some_and(same) { StatusCode::NOT_MODIFIED.into_response() } else { Json(body()).into_response() };
    let headers = response.headers_mut();
    if let Ok(tag) = tag.parse() {
        headers.insert(header::ETAG, tag);
    }
    headers.insert(header::VARY, header::HeaderValue::from_static("cookie"));
    if public {
        headers.insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-cache"));
    }
    response
}

fn edition(seen: &Seen, year: SeenYear<'_>) -> ResultsEdition {
    let snapshot = &year.result.snapshot;
    let (revision, published_at, sha256) = match &year.result.edition {
        Edition::Published { revision, at, sha256 } => (Some(*revision), Some(at.rfc3339()), Some(sha256.clone())),
        Edition::Provisional => (None, None, None),
    };
    ResultsEdition {
        year: snapshot.year.year(),
        wareki: snapshot.year.wareki(),
        provisional: year.is_provisional(),
        revision,
        published_at,
        sha256,
        reader: seen.reader.cleared.code().to_owned(),
        demonstration: snapshot.demonstration,
    }
}
