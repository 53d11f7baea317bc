//! A dataset in a form, and the page that says what it is.
pub mod get;
pub mod landing;
