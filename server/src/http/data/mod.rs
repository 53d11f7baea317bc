//! データ: downloads.
pub mod answers;
pub mod get;
