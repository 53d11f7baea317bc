//! Files for analysts and the public.
//!
//! A dataset makes a [`table::Table`], a format writes one: neither knows the other. A new dataset is a file in
//! [`dataset`] and a line in its list; a new format is a file in [`format`] and a line in its list.
//!
//! - [`table`]: columns with their descriptions, and rows handed over one at a time
//! - [`provenance`]: where a table comes from: round, revision, definitions, hashes
//! - [`text`]: what a text becomes in a file of lines, and back
//! - [`columns`]: a round's cells, dictionary-coded, in memory and as the file that is kept of a publication
//! - [`dataset`]: everything that can be had
//! - [`format`]: in which form
//! - [`exhibit`]: the table of a picture; [`png`]: the picture

pub mod columns;
pub mod dataset;
pub mod exhibit;
pub mod format;
pub mod png;
pub mod provenance;
pub mod table;
pub mod text;
