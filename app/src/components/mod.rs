//! Building blocks of several pages.
//!
//! - `account_fields`: what is typed of an account (server only)
//! - `advice`: Q&A of the prefecture (server only)
//! - `exhibit`: a finding with its picture and its table (server only)
//! - `bridge_sentence`: the earlier definition on the first year of a new one (server only)
//! - `definition_facts`: an indicator's definition in words (server only)
//! - `extension_steps`: what was asked for and decided about a deadline (server only)
//! - `edits`: what was changed in a row, when and by whom (server only)
//! - `file_import`: a file that changes many rows, chosen and shown before it is saved (server only)
//! - [`format`]: counts, shares, bounds and sizes in words
//! - `languages`: other languages in which the questions can be read (server only)
//! - `form_field`: one line of a form (server only)
//! - [`link`]: an address and its words
//! - `phrases`: a heading that breaks between phrases (server only)
//! - `picture`: a chart in both layouts (server only)
//! - `publication_history`: the revisions of a publication (server only)
//! - `qr_code`: text that a device reads from the screen (server only)
//! - `question`: a question as it is asked and as it was answered (server only)
//! - `reference_table`: the year known only as counts (server only)
//! - `reference_method`: how its intervals come about (server only)
//! - `result_table`: results with counts, bounds and change (server only)
//! - `sheet`: a whole response, to be read (server only)
//! - `table_frame`: a table that scrolls inside its frame (server only)

#[cfg(feature = "ssr")]
pub mod account_fields;
#[cfg(feature = "ssr")]
pub mod advice;
#[cfg(feature = "ssr")]
pub mod bridge_sentence;
#[cfg(feature = "ssr")]
pub mod definition_facts;
#[cfg(feature = "ssr")]
pub mod edits;
#[cfg(feature = "ssr")]
pub mod exhibit;
#[cfg(feature = "ssr")]
pub mod extension_steps;
#[cfg(feature = "ssr")]
pub mod file_import;
#[cfg(feature = "ssr")]
pub mod form_field;
pub mod format;
#[cfg(feature = "ssr")]
pub mod languages;
pub mod link;
#[cfg(feature = "ssr")]
pub mod phrases;
#[cfg(feature = "ssr")]
pub mod picture;
#[cfg(feature = "ssr")]
pub mod publication_history;
#[cfg(feature = "ssr")]
pub mod qr_code;
#[cfg(feature = "ssr")]
pub mod question;
#[cfg(feature = "ssr")]
pub mod reference_method;
#[cfg(feature = "ssr")]
pub mod reference_table;
#[cfg(feature = "ssr")]
pub mod result_table;
#[cfg(feature = "ssr")]
pub mod sheet;
#[cfg(feature = "ssr")]
pub mod table_frame;
