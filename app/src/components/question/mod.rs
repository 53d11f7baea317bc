//! A question: as it is asked, and as it was answered.
//!
//! - `model`: what a page must know about a question
//! - `group`: the questions of one area, as a list or as a table
//! - `field`: one question with its input
//! - `input`: the input itself, by kind of question
//! - `table`: one row a question, one column a choice
//! - `textarea`: text that stands safely in a `<textarea>`
//! - `summary`: the errors of a refused form
//! - `answered`: all answers of a response, to be read
//! - `words`: an answer in words

mod answered;
mod field;
mod group;
mod input;
mod model;
#[cfg(test)]
pub(crate) mod samples;
mod summary;
mod table;
mod textarea;
mod words;

pub use answered::{AnsweredSections, Problems};
pub use group::QuestionGroupView;
pub use input::control_id;
pub use model::{Answered, AnsweredGroup, AnsweredSection, Conflict, QuestionField, QuestionGroup};
pub use summary::ErrorSummary;
pub use textarea::TextArea;
pub use words::{in_words, in_words_or_blank};
