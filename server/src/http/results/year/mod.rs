//! `/results/{year}`: every question of a year.
pub mod get;
