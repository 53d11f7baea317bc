//! Embedded files: bundle, style, fonts. Names carry a content hash, so they may be kept for ever.

use std::sync::LazyLock;

use app::shell::AssetNames;
use axum::body::Body;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::Embed;
use serde::Deserialize;

#[derive(Embed)]
#[folder = "../target/site"]
#[allow_missing = true]
struct Site;

#[derive(Deserialize, Default)]
#[serde(default)]
struct Manifest {
    bundle: String,
    style: String,
    fonts: String,
    picture: String,
}

/// The names of the present build; empty when the binary was built without `cargo xtask bundle`.
pub fn names() -> AssetNames {
    static NAMES: LazyLock<AssetNames> = LazyLock::new(|| {
        let file = Site::get("manifest.json");
        let manifest: Manifest = file.and_then(|f| serde_json::from_slice(&f.data).ok()).unwrap_or_default();
        let Manifest { bundle, style, fonts, picture } = manifest;
        AssetNames { bundle, style, fonts, picture }
    });
    NAMES.clone()
}

/// `GET /assets/{*path}`: the file, compressed as the client likes it best.
pub async fn get(Path(path): Path<String>, headers: HeaderMap) -> Response {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let accepts = |coding: &str| accepted.split(',').any(|part| part.split(';').next().unwrap_or("").trim() == coding);
    let compressed = [("br", "br"), ("gzip", "gz")].into_iter().find_map(|(coding, ending)| {
        let file = accepts(coding).then(|| Site::get(&format!("{path}.{ending}")))??;
        Some((file, Some(coding)))
    });
    let Some((file, coding)) = compressed.or_else(|| Some((Site::get(&path)?, None))) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut response = Response::new(Body::from(file.data.into_owned()));
    let set = response.headers_mut();
    let kind = mime_guess::from_path(&path).first_or_octet_stream();
    if let Ok(kind) = HeaderValue::from_str(kind.as_ref()) {
        set.insert(header::CONTENT_TYPE, kind);
    }
    set.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    set.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(coding) = coding {
        set.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    response
}
