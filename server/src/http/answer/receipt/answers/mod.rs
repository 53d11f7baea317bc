//! 控え: the answers as a file.
pub mod get;
