//! The answers of one municipality behind a figure.
pub mod get;
