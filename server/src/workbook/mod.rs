//! The response as an Excel workbook: downloaded, filled in anywhere, uploaded again.
//!
//! - [`layout`]: the columns and rows of the answer sheet, for writing and reading alike
//! - [`stamp`]: 管理番号, which says what the workbook is of
//! - [`mod@write`]: making it
//! - [`bounds`]: what is no workbook is refused, and what is one is bounded, before anything parses it
//! - `grid`: its cells
//! - [`mod@read`], `row`, `cell`: its answers
//! - [`refused`]: why a file is refused as a whole
//!
//! A workbook passes through other hands: Excel, LibreOffice, content-disarm gateways that take out what is hidden.
//! So the stamp stands in three places, columns are found by their headings and rows by their key or number, and every
//! row says which revision of its answer it was made from.

pub mod bounds;
pub(crate) mod cell;
pub(crate) mod grid;
pub mod layout;
pub mod read;
pub mod refused;
mod row;
pub mod stamp;
#[cfg(test)]
mod tests;
pub mod write;

pub use read::{Entry, Filled, Problem, read};
pub use refused::Refused;
pub use stamp::Stamp;
pub use write::{Draft, write};
