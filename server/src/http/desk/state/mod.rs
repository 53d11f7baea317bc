//! Moving the round on.
pub mod post;
