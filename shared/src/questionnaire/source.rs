//! The XLSForm sheets that a questionnaire was compiled from.

use serde::{Deserialize, Serialize};

/// The three sheets, as read: cleaned cells, canonical headings, in the author's order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Sheet `survey`.
    pub survey: SourceSheet,
    /// Sheet `choices`.
    pub choices: SourceSheet,
    /// Sheet `settings`.
    pub settings: SourceSheet,
}

/// One sheet. Every row has as many cells as there are columns; an empty cell is an empty text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceSheet {
    /// Headings.
    pub columns: Vec<String>,
    /// Cells by row.
    pub rows: Vec<Vec<String>>,
}
