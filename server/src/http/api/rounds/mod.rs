//! 調査
pub mod list;
