//! A round's answers as a file.
pub mod get;
