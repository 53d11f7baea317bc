//! Sending a response back.
pub mod post;
