//! `/results/{year}/{concept}`: one question.
//!
//! - [`get`]: the page
//! - [`values`]: answers by municipality
pub mod get;
pub mod values;
