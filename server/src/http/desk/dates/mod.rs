//! A round's dates.
pub mod post;
