//! 回答: one municipality's answers in one round.
//!
//! - [`answer`]: one answer's value, parsed from what was typed
//! - [`cell`]: a value or exactly one state
//! - [`state`]: the life of a response

pub mod answer;
pub mod cell;
pub mod state;

pub use answer::{AnswerValue, Answers, Decimal, InvalidAnswer};
pub use cell::{Cell, cell_of};
pub use state::ResponseState;
