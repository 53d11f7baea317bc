//! Shirabe's pages: pure functions of a view model, with the islands that enhance them.
//!
//! - [`figures`]: results as pages and charts take them
//! - `shell`: the document around every page (server only)
//! - `pages`: one file a page: its view model and its component (server only)
//! - `chart`: results drawn as SVG (server only)
//! - `exhibit`: a finding with its picture and its table (server only)
//! - `results`: one question's results as exhibits (server only)
//! - `ledger`: the plan's KPI ledger as exhibits (server only)
//! - `roadmap`: the plan's roadmap as exhibits (server only)
//! - [`components`]: building blocks of several pages
//! - [`islands`]: what runs in the browser

// A view's type nests as deep as its markup; components end in `into_any` so that it ends there.
#![recursion_limit = "256"]

#[cfg(feature = "ssr")]
pub mod chart;
pub mod components;
#[cfg(feature = "ssr")]
pub mod exhibit;
pub mod figures;
pub mod islands;
#[cfg(feature = "ssr")]
pub mod ledger;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod results;
#[cfg(feature = "ssr")]
pub mod roadmap;
#[cfg(feature = "ssr")]
pub mod shell;

/// Starts the islands of the page that loaded the bundle.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
