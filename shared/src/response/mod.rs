//! 回答: one municipality's answers in one round.
//!
//! - [`answer`]: one answer's value, parsed from what was typed
//! - [`cell`]: a value or exactly one state
//! - [`extension`]: a later deadline of one municipality
//! - [`inquiry`]: the two sides of a thread between prefecture and municipality
//! - [`merge`]: three-way merge of one answer of a workbook
//! - [`section_task`]: sections handed out inside the municipality
//! - [`state`]: the life of a response

pub mod answer;
pub mod cell;
pub mod extension;
pub mod inquiry;
pub mod merge;
pub mod section_task;
pub mod state;

pub use answer::{AnswerValue, Answers, Decimal, InvalidAnswer, parse_integer};
pub use cell::{Cell, cell_of};
pub use extension::ExtensionStep;
pub use inquiry::Side;
pub use merge::{Base, Decision, Merge, Reading};
pub use section_task::SectionTaskState;
pub use state::ResponseState;
