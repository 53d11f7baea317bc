//! ログアウト
pub mod post;
