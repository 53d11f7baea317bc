//! XLSForm in, [`Questionnaire`](shared::questionnaire::Questionnaire) out.
//!
//! In the order of the work:
//! - [`workbook`]: sheets from a folder of CSV files or an `.xlsx`
//! - `columns`: which columns there are, under which names
//! - `settings`, `choices`, `survey`, `question`, `cells`: what the sheets, their rows and cells say
//! - `expression`: XPath text to the typed intermediate form
//! - `rules`: every question's rules, and the order of relevance
//! - `lint`: what is legal and still a mistake; what the reference implementation refuses
//! - [`compile`]: all of it, collecting every finding
//! - [`finding`]: a finding and its place
//!
//! XLSForm's own rules come from <https://xlsform.org/en/ref-table/>. rxform reads workbooks and has the last word on
//! a form that passed, but the rows are read here: rxform stops at the first mistake and knows none of our columns.

mod cells;
mod choices;
mod columns;
pub mod compile;
mod expression;
pub mod finding;
mod lint;
mod question;
mod rules;
mod settings;
mod survey;
pub mod workbook;

#[cfg(test)]
mod tests;

pub use compile::{Compilation, compile};
pub use finding::{Finding, Severity};
pub use workbook::{ReadError, Sheets, read, read_embedded};
