//! Handing in.
pub mod post;
