//! The whole response on paper.
pub mod get;
