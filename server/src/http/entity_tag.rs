//! Entity tags: a client says what it has, and is not sent the same again (RFC 9110, sections 8.8.3 and 13.1.2).
//!
//! Tags are weak: what they name may be compressed on the way.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use super::auth::Account;
use super::refusal::Refusal;
use crate::service::Error;
use crate::service::answering::hex;

/// The tag of what has that SHA-256, or another name of its contents.
pub fn of(name: &str) -> String {
    format!("W/\"{name}\"")
}

/// Whether the client has what that tag names.
pub fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let named = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let mut named = named.flat_map(|value| value.split(','));
    named.any(|known| known.trim() == "*" || opaque(known) == opaque(tag))
}

/// Middleware of the API: every answer to a GET carries a tag, by its bytes where its handler knows no better one, and is
/// left out where the client has it. What is public may be kept by a client that asks again each time; what depends on
/// who asks is kept by nobody.
pub async fn tag(account: Option<Account>, request: Request, next: Next) -> Response {
    if request.method() != Method::GET {
        return next.run(request).await;
    }
    let asked = request.headers().clone();
    let mut response = next.run(request).await;
    if response.status() == StatusCode::OK && !response.headers().contains_key(header::ETAG) {
        response = match hashed(response).await {
            Ok(response) => response,
            Err(error) => return Refusal::Service(Error::Internal(error.to_string())).into_response(),
        };
    }
    let tag = response.headers().get(header::ETAG).and_then(|tag| tag.to_str().ok());
    if response.status() == StatusCode::OK && tag.is_some_and(|tag| is_known(&asked, tag)) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        *response.body_mut() = Body::empty();
        response.headers_mut().remove(header::CONTENT_TYPE);
        response.headers_mut().remove(header::CONTENT_LENGTH);
    }
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("cookie, authorization"));
    if account.is_none() && response.headers().contains_key(header::ETAG) {
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    }
    response
}

async fn hashed(response: Response) -> Result<Response, axum::Error> {
    let (mut parts, body) = response.into_parts();
    // The API's answers are made in memory as a whole.
    let bytes = to_bytes(body, usize::MAX).await?;
    if let Ok(tag) = HeaderValue::from_str(&of(&hex(&Sha256::digest(&bytes)))) {
        parts.headers.insert(header::ETAG, tag);
    }
    Ok(Response::from_parts(parts, Body::from(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_known_in_whatever_form_it_is_named() {
        let known = |value: &'static str| {
            is_known(&HeaderMap::from_iter([(header::IF_NONE_MATCH, HeaderValue::from_static(value))]), &of("a"))
        };
        for value in ["W/\"a\"", "\"a\"", "\"b\", W/\"a\"", "*"] {
            assert!(known(value), "{value}");
        }
        for value in ["W/\"b\"", "a", "", "\"a, b\""] {
            assert!(!known(value), "{value}");
        }
        assert!(!is_known(&HeaderMap::new(), &of("a")));
    }
}
