//! Everything published, for other catalogues and for search engines.
//!
//! - [`get`]: DCAT-AP as JSON-LD
//! - [`schema`]: schema.org, within the page

pub mod get;
pub mod schema;

/// Who publishes.
const PUBLISHER: &str = "青森県";
/// What the datasets are about, for catalogues.
const KEYWORDS: [&str; 4] = ["DX", "デジタル・トランスフォーメーション", "市町村", "アンケート"];
