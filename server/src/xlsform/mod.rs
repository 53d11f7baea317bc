//! XLSForm in, [`Questionnaire`](shared::questionnaire::Questionnaire) out.
//!
//! In the order of the work:
//! - [`workbook`]: sheets from a folder of CSV files or an `.xlsx`
//! - [`upload`]: the same from an `.xlsx` that somebody sent
//! - `columns`: which columns there are, under which names
//! - `languages`: texts in several languages
//! - `settings`, `choices`, `survey`, `row_type`, `question`, `parameters`, `cells`: what the sheets, their rows and
//!   cells say
//! - `outline`: sections, groups and questions; repeats laid out, with the `companions` that come with a question
//! - `expression`: XPath text to the typed intermediate form
//! - `checks`: what makes an answer unusual
//! - `rules`: every question's rules, and the order in which they are worked out
//! - `lint`: what is legal and still a mistake; what the reference implementation refuses
//! - [`compile`]: all of it, collecting every finding
//! - [`export`]: a questionnaire as a workbook again
//! - [`finding`]: a finding and its place
//!
//! XLSForm's own rules come from <https://xlsform.org/en/ref-table/>. rxform reads workbooks and has the last word on
//! a form that passed, but the rows are read here: rxform stops at the first mistake and knows none of our columns.

mod cells;
mod checks;
mod choices;
mod columns;
mod companions;
pub mod compile;
pub mod export;
mod expression;
pub mod finding;
mod languages;
mod lint;
mod outline;
mod parameters;
mod question;
mod row_type;
mod rules;
mod settings;
mod survey;
pub mod upload;
pub mod workbook;

#[cfg(test)]
mod tests;

pub use compile::{Compilation, compile};
pub use finding::{Finding, Severity};
pub use upload::read_uploaded;
pub use workbook::{ReadError, Sheets, read, read_embedded};
