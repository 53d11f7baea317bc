//! Headers that keep the page to itself, the origin check, and writes that outlive their connection.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::Request;
use axum::http::header::{HOST, HeaderMap, HeaderName, HeaderValue, ORIGIN};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base64::Engine;

use super::refusal::Refusal;
use crate::service::Error;
use crate::service::api_tokens::Bearer;

/// The nonce of one response.
#[derive(Debug, Clone)]
pub struct PageNonce(pub Arc<str>);

impl Default for PageNonce {
    fn default() -> Self {
        Self(Arc::from(""))
    }
}

/// Marks a response whose page has an island and may compile WebAssembly.
#[derive(Debug, Clone, Copy)]
pub struct IslandPage;

/// Marks a response that other sites may show inside their pages: public data only, asked for by nobody in particular.
#[derive(Debug, Clone, Copy)]
pub struct Embeddable;

/// Middleware: mints the nonce and sets the security headers of every response.
pub async fn headers(mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let mut random = [0_u8; 16];
    if let Err(error) = getrandom::fill(&mut random) {
        return Refusal::Service(Error::Internal(error.to_string())).into_response();
    }
    let nonce: Arc<str> = Arc::from(base64::engine::general_purpose::STANDARD_NO_PAD.encode(random));
    request.extensions_mut().insert(PageNonce(nonce.clone()));
    let mut response = next.run(request).await;
    let island = response.extensions().get::<IslandPage>().is_some();
    let embeddable = response.extensions().get::<Embeddable>().is_some();
    let ancestors = if embeddable { "*" } else { "'none'" };
    let wasm = if island { " 'wasm-unsafe-eval'" } else { "" };
    let policy = format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}'{wasm}; style-src 'self'; img-src 'self' data:; \
         font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}"
    );
    let total = started.elapsed();
    let timing = format!("total;dur={}.{:03}", total.as_millis(), total.as_micros() % 1000);
    let headers = response.headers_mut();
    set(headers, "content-security-policy", &policy);
    // Said also to sites that load nothing from others unasked (Cross-Origin-Embedder-Policy).
    set(headers, "cross-origin-resource-policy", if embeddable { "cross-origin" } else { "same-origin" });
    set(headers, "x-content-type-options", "nosniff");
    set(headers, "referrer-policy", "same-origin");
    set(headers, "cross-origin-opener-policy", "same-origin");
    set(headers, "permissions-policy", "camera=(), microphone=(), geolocation=()");
    set(headers, "server-timing", &timing);
    response
}

fn set(headers: &mut HeaderMap, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(HeaderName::from_static(name), value);
    }
}

/// Middleware: every mutation, form posts included, must come from this site.
///
/// Browsers say so in `Sec-Fetch-Site` (W3C Fetch Metadata) or, older ones, in `Origin`; a request with neither is
/// refused. Other clients send `Origin`, or a token and need none: what they can do does not hang on a cookie.
pub async fn same_origin(request: Request, next: Next) -> Response {
    let by_token = request.extensions().get::<Bearer>().is_some();
    if request.method().is_safe() || by_token || is_same_origin(request.headers()) {
        next.run(request).await
    } else {
        Refusal::CrossSite.into_response()
    }
}

fn is_same_origin(headers: &HeaderMap) -> bool {
    let text = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text(&HeaderName::from_static("sec-fetch-site")) {
        return site == "same-origin";
    }
    let (Some(origin), Some(host)) = (text(&ORIGIN), text(&HOST)) else { return false };
    origin.split_once("://").is_some_and(|(_, authority)| authority == host)
}

/// Middleware: a mutation goes on to its end even when the client has gone; axum would drop it otherwise.
pub async fn finish_writes(request: Request, next: Next) -> Response {
    if request.method().is_safe() {
        return next.run(request).await;
    }
    match tokio::spawn(next.run(request)).await {
        Ok(response) => response,
        Err(error) => Refusal::Service(Error::Internal(error.to_string())).into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers_of(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn only_this_site_may_write() {
        let host = ("host", "shirabe.example:3000");
        assert!(is_same_origin(&headers_of(&[host, ("sec-fetch-site", "same-origin")])));
        assert!(is_same_origin(&headers_of(&[host, ("origin", "http://shirabe.example:3000")])));
        for foreign in [
            vec![host],
            vec![host, ("sec-fetch-site", "same-site")],
            vec![host, ("sec-fetch-site", "cross-site")],
            vec![host, ("sec-fetch-site", "none")],
            vec![host, ("origin", "null")],
            vec![host, ("origin", "http://shirabe.example")],
            vec![host, ("origin", "http://evil.example:3000")],
            vec![host, ("origin", "http://shirabe.example:3000"), ("sec-fetch-site", "cross-site")],
        ] {
            assert!(!is_same_origin(&headers_of(&foreign)), "{foreign:?}");
        }
    }
}
