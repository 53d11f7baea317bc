//! `/api/v1/comparison`: a municipality among others.

pub mod get;
pub mod parameters;
