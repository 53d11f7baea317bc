//! 回答: the municipality's side.
pub mod check;
pub mod get;
pub mod receipt;
pub mod section;
pub mod submit;
