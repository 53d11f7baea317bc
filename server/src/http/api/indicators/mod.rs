//! 指標
pub mod list;
