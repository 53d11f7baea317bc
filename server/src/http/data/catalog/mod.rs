//! Everything published, for other catalogues and for search engines.
//!
//! - [`get`]: DCAT-AP as JSON-LD
//! - [`schema`]: schema.org, within the page

pub mod get;
pub mod schema;

use axum::http::{HeaderMap, header};

use crate::http::state::AppState;

/// Who publishes.
const PUBLISHER: &str = "青森県";
/// What the datasets are about, for catalogues.
const KEYWORDS: [&str; 4] = ["DX", "デジタル・トランスフォーメーション", "市町村", "アンケート"];

/// `https://dx.example.lg.jp`: as configured, else as the request names it.
pub fn base(state: &AppState, headers: &HeaderMap) -> String {
    if let Some(url) = &state.site.public_url {
        return url.trim_end_matches('/').to_owned();
    }
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    format!("http://{host}")
}
