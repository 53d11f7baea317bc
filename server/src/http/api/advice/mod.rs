//! Q&A for everybody who fills the form.
pub mod list;
