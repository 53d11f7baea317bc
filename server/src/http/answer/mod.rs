//! 回答: the municipality's side.
pub mod approval;
pub mod check;
pub mod extension;
pub mod get;
pub mod inquiries;
pub mod languages;
pub mod print;
pub mod receipt;
pub mod section;
pub mod submit;
pub mod tasks;
pub mod workbook;
