//! A personal token in place of the session: below `/api/v1`, for the files below `/data/` and `/jobs/` and for pictures
//! only.
//!
//! A request with a token says by itself who sends it: its cookies count for nothing, and it needs no `Origin`, because
//! no other site can make a browser send a token that it does not know.

use axum::extract::{Request, State};
use axum::http::header::{AUTHORIZATION, HeaderMap};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::refusal::Refusal;
use super::state::AppState;
use crate::access::Scope;
use crate::service::api_tokens::Bearer;

/// The token that a request shows at an address that takes tokens.
pub fn shown<'h>(path: &str, headers: &'h HeaderMap) -> Option<&'h str> {
    let taking = ["/api/v1/", "/data/", "/jobs/", "/pictures/"];
    let takes_tokens = taking.iter().any(|below| path.starts_with(below));
    let value = headers.get(AUTHORIZATION).filter(|_| takes_tokens)?.to_str().ok()?;
    // Other schemes are for what stands in front of the server.
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// Middleware: a token that can be used stands for its account ([`Bearer`]); one that cannot is refused.
pub async fn authenticate(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let Some(token) = shown(request.uri().path(), request.headers()) else { return next.run(request).await };
    match state.service.bearer(token).await {
        Ok(Some(bearer)) => {
            request.extensions_mut().insert(bearer);
            next.run(request).await
        }
        // What is tried counts for where it comes from.
        Ok(None) => match state.limits.admit(state.limits.address(request.headers(), request.extensions())) {
            Ok(()) => Refusal::InvalidToken.into_response(),
            Err(seconds) => Refusal::TooManyRequests { seconds }.into_response(),
        },
        Err(error) => Refusal::Service(error).into_response(),
    }
}

/// Middleware: a token needs that scope. Sessions have no scopes.
pub async fn require(State(scope): State<Scope>, request: Request, next: Next) -> Response {
    match request.extensions().get::<Bearer>() {
        Some(bearer) if !bearer.scopes.contains(&scope) => Refusal::OutOfScope(scope).into_response(),
        Some(_) | None => next.run(request).await,
    }
}

/// Middleware: no token does this, whatever its scopes.
pub async fn refuse(request: Request, next: Next) -> Response {
    match request.extensions().get::<Bearer>() {
        Some(_) => Refusal::NotByToken.into_response(),
        None => next.run(request).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_read_where_they_are_taken() {
        let headers = |value: &'static str| HeaderMap::from_iter([(AUTHORIZATION, value.parse().unwrap())]);
        let token = headers("Bearer shirabe_a");
        for path in ["/api/v1/rounds", "/data/2025/answers.csv", "/jobs/1/file", "/pictures/home/fields.svg"] {
            assert_eq!(shown(path, &token), Some("shirabe_a"), "{path}");
        }
        for path in ["/", "/data", "/answer/2026", "/pictures", "/api/docs", "/tokens"] {
            assert_eq!(shown(path, &token), None, "{path}");
        }
        assert_eq!(shown("/api/v1/rounds", &headers("bearer  shirabe_a ")), Some("shirabe_a"));
        assert_eq!(shown("/api/v1/rounds", &headers("Basic dXNlcjpwYXNz")), None);
        assert_eq!(shown("/api/v1/rounds", &HeaderMap::new()), None);
    }
}
