//! 調査票: what is asked, and the logic that decides when.
//!
//! - [`model`]: sections, groups, questions, choices
//! - [`expression`]: the typed intermediate form of XLSForm expressions
//! - [`logic`]: which question depends on which, in which order
//! - [`evaluation`]: the one evaluator that runs in the browser and on the server

pub mod evaluation;
pub mod expression;
pub mod logic;
pub mod model;

pub use evaluation::Evaluation;
pub use model::{
    Choice, ChoiceState, Group, GroupLayout, Question, QuestionIndex, QuestionKind, QuestionName, Questionnaire,
    Section, SectionName,
};
