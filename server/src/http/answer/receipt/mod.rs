//! 控え
pub mod get;
