//! A round's questionnaire.
pub mod get;
