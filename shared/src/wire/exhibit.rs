//! Exhibits: findings of the pages with their tables.

use serde::{Deserialize, Serialize};

use super::TableRows;

/// One finding of a page, with the table that says the same in figures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExhibitTable {
    /// The finding in a sentence.
    pub finding: String,
    /// What is shown, of which year, out of how many.
    pub subtitle: String,
    /// How to read it, one sentence each.
    pub notes: Vec<String>,
    /// Survey, definition, revision and hash.
    pub source: String,
    /// Generated data, not answered by anybody.
    pub demonstration: bool,
    /// Address of the page that shows it.
    pub page: String,
    /// The table. Shares and differences are per cent to one decimal; a column `…_state` says why a number is missing.
    #[serde(flatten)]
    pub table: TableRows,
}
