//! 県からの確認・県への質問
pub mod list;
