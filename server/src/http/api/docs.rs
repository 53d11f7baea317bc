//! `/api/docs`: the API's description as a page, to be read and tried out (Swagger UI, which the program carries).

use std::sync::{Arc, LazyLock};

use app::pages::api_docs::{ApiDocs, ApiDocsPage};
use app::shell::NavSection;
use axum::Router;
use axum::body::Bytes;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use leptos::prelude::*;
use sha2::{Digest, Sha256};
use utoipa_swagger_ui::Config;

use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;
use crate::service::answering::hex;

/// What the page loads of Swagger UI: its style, and itself.
const FILES: [&str; 2] = ["swagger-ui.css", "swagger-ui-bundle.js"];

/// A file of Swagger UI.
struct Part {
    /// Its address, which changes with its bytes.
    address: String,
    kind: String,
    bytes: Bytes,
}

static PARTS: LazyLock<Vec<Part>> = LazyLock::new(|| {
    let part = |file: &str| {
        let found = utoipa_swagger_ui::serve(file, Arc::new(Config::from("/api/v1/openapi.json"))).ok()??;
        let bytes = Bytes::from(found.bytes.into_owned());
        let hash = hex(&Sha256::digest(&bytes)[..8]);
        Some(Part { address: format!("/api/docs/{hash}/{file}"), kind: found.content_type, bytes })
    };
    FILES.iter().filter_map(|file| part(file)).collect()
});

/// The page and its files.
pub fn router() -> Router<AppState> {
    Router::new().route("/api/docs", get(page)).route("/api/docs/{hash}/{file}", get(file))
}

async fn page(page: Page) -> Response {
    let address = |file: &str| {
        let part = PARTS.iter().find(|part| part.address.ends_with(file));
        part.map(|part| part.address.clone()).unwrap_or_default()
    };
    let [style, script] = FILES.map(address);
    let model = ApiDocs { style, script, signed_in: page.account.is_some() };
    page.show(Shown::new("API", NavSection::Data), move || view! { <ApiDocsPage model=model.clone() /> }).await
}

async fn file(Path((hash, file)): Path<(String, String)>) -> Result<Response, Refusal> {
    let address = format!("/api/docs/{hash}/{file}");
    let part = PARTS.iter().find(|part| part.address == address).ok_or(Error::NotFound)?;
    let kept = "public, max-age=31536000, immutable";
    let headers = [(header::CONTENT_TYPE, part.kind.as_str()), (header::CACHE_CONTROL, kept)];
    Ok((headers, part.bytes.clone()).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_carries_swagger_ui() {
        assert_eq!(PARTS.len(), FILES.len());
        assert!(PARTS.iter().all(|part| part.bytes.len() > 10_000));
    }
}
