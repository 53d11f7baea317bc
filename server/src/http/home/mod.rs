//! 結果: the public page.
pub mod get;
