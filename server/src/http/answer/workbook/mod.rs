//! The response as an Excel workbook.
//!
//! - [`get`], [`file`]: the page and the workbook itself
//! - [`post`]: a workbook comes back; nothing of it is saved
//! - [`merge`]: what was decided about it
pub mod file;
pub mod get;
pub mod merge;
pub mod post;
