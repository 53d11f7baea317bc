//! A question: as it is asked, and as it was answered.
//!
//! - `model`: what a page must know about a question
//! - `groups`: a section's groups, and the times of a repeated one
//! - `group`: the questions of one area, as a list or as a table
//! - `field`: one question with its input
//! - `beside`: what stands beside a question: last year's answer, public figures, reasons, inquiries
//! - `input`: the input itself, by kind of question
//! - `table`: one row a question, one column a choice
//! - `textarea`: text that stands safely in a `<textarea>`
//! - `summary`: the errors of a refused form
//! - `words`: an answer in words

mod beside;
mod field;
mod group;
mod groups;
mod input;
mod model;
#[cfg(test)]
pub(crate) mod samples;
mod summary;
mod table;
mod textarea;
mod words;

pub use groups::QuestionGroups;
pub use input::control_id;
pub use model::{Beside, Conflict, InquiryLink, LastYear, Prefill, QuestionField, QuestionGroup, ReferenceNote};
pub use summary::ErrorSummary;
pub use textarea::TextArea;
pub use words::{earlier_in_words, in_words, in_words_or_blank};
