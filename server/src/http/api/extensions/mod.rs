//! 締切の延長
pub mod list;
