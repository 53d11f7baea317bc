//! `/results/{year}`: the results question by question.
//!
//! - [`index`] `/results/{year}`: every question with its bar
//! - [`question`] `/results/{year}/{concept}`: one question
//! - [`computation`] `/results/{year}/{concept}/computation`: how its figures were computed
//! - [`narrowing`]: the filter and the years
//! - [`values`]: answers by municipality

pub mod computation;
pub mod index;
pub mod narrowing;
pub mod question;
pub mod values;
