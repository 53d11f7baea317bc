//! Files that take long: what is asked for, and how it is made. [`crate::http::jobs`] shows how far it is.
//!
//! - [`post`] `POST /data/exports`
//! - `make`: the file

pub mod make;
pub mod post;
