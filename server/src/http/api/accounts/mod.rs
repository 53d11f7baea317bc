//! アカウント
pub mod list;
