//! 指標
pub mod get;
pub mod list;
mod result;
