//! A round's questionnaire as those who answer see it. Whatever is typed is evaluated, shown and forgotten.
pub mod get;
pub mod section;
