//! The workbook itself.
pub mod get;
