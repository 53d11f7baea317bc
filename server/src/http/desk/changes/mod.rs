//! A response beside last year's, and beside what was handed in before.
pub mod get;

pub use get::sections;
