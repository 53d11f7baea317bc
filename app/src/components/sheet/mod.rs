//! A whole response, to be read: on the check page, at the prefecture's desk, on paper.
//!
//! - `model`: what a page must know about an answer
//! - `rows`: every answer in words
//! - `findings`: what prevents submission, and what should be looked at again
//! - `paper`: the same on paper, with definitions, last year's answers and boxes to fill

mod findings;
mod model;
mod paper;
mod rows;
#[cfg(test)]
pub(crate) mod samples;

pub use findings::{blocking, change_words, doubtful};
pub use model::{LastYearWords, Sheet, SheetGroup, SheetQuestion, SheetSection, questions};
pub use paper::{PaperSections, PaperStyle};
pub use rows::{SheetRows, sheet_rows};
