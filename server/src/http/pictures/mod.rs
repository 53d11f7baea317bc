//! 図: every exhibit under an address of its own: the page to embed, SVG, PNG, CSV.
//!
//! - [`found`]: an address to its exhibit, by the builder of the page that shows it
//! - [`get`]: the exhibit in the form asked for

pub mod found;
pub mod get;
