//! `/results/{year}/{concept}`: one question.
//!
//! - [`get`]: the page
//! - [`computation`]: how its figures were computed
//! - [`values`]: answers by municipality
pub mod computation;
pub mod get;
pub mod values;
