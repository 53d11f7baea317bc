//! 調査票: what is asked, and the logic that decides when.
//!
//! - [`model`]: sections, groups, questions, choices
//! - [`expression`]: the typed intermediate form of XLSForm expressions
//! - [`logic`]: which question depends on which, in which order
//! - [`level`]: the five stages of a practice
//! - [`lineage`]: which questions of an earlier year a question continues
//! - [`changes`]: what a new year asks differently
//! - [`usage`]: whose answers nobody used
//! - [`source`]: the sheets it was compiled from
//! - [`threshold`]: from which change since the year before a number needs a reason
//! - [`translation`]: its texts in other languages
//! - [`evaluation`]: the one evaluator that runs in the browser and on the server

pub mod changes;
pub mod evaluation;
pub mod expression;
pub mod level;
pub mod lineage;
pub mod logic;
pub mod model;
#[cfg(test)]
pub mod samples;
pub mod source;
pub mod threshold;
pub mod translation;
pub mod usage;

pub use evaluation::Evaluation;
pub use model::{
    Choice, ChoiceState, Group, GroupLayout, Instance, Lineage, Question, QuestionIndex, QuestionKind, QuestionName,
    Questionnaire, Section, SectionName,
};
pub use source::{Source, SourceSheet};
pub use threshold::Threshold;
pub use translation::Language;
