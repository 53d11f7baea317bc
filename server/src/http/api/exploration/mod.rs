//! 探索的な分析

pub mod get;
mod parameters;
