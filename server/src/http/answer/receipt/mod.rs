//! Proof of submission, and where the municipality stands.
pub mod answers;
pub mod get;
