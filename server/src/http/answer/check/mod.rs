//! All answers, before they are handed in.
pub mod get;
