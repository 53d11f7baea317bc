//! A dataset in a form.
pub mod get;
