//! One municipality, read by the officer.
pub mod get;
