//! The municipality's own approval.
pub mod post;
