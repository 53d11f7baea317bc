//! 回答値
pub mod put;
