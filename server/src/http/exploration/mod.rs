//! 探索的な分析 of a year's results: for members, analysts and officers, as far as they see named values.
//!
//! - [`get`]: the page
//! - [`asked`]: who asks what of which year

pub mod asked;
pub mod get;
