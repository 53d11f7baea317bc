//! Accepting a response.
pub mod post;
