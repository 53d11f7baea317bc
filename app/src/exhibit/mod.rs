//! An exhibit: one finding with its picture, the table that says the same, and where both come from.
//!
//! Pages show exhibits in order; the same exhibit is reached under an address of its own, as a page to embed, as SVG, PNG
//! and CSV. Whatever a picture shows stands in its table.
//!
//! - [`table`]: the table below the picture; [`sorting`]: the order of its rows; [`years`]: its years in files

pub mod sorting;
pub mod table;
pub mod years;

use crate::chart::{Around, Chart, Frame, Layout};
use table::DataTable;

/// One finding, as picture and as table.
#[derive(Debug, Clone, PartialEq)]
pub struct Exhibit {
    /// Unique on the page: ids begin with it.
    pub id: String,
    /// The finding in a sentence: the heading, in phrases between which it may break.
    pub finding: Vec<String>,
    /// What is shown, of which year, out of how many.
    pub subtitle: String,
    /// The picture; `None` where there is nothing to draw (the table and the notes say why).
    pub chart: Option<Chart>,
    /// The same in figures.
    pub table: DataTable,
    /// How to read it, one sentence each: hatching, rounding, conditions.
    pub notes: Vec<String>,
    /// Survey, definition version, revision and hash.
    pub source: String,
    /// Address of the page that says how its figures were computed, down to the answers; `None` where all of them were
    /// entered.
    pub computation: Option<String>,
    /// Its own address, as a path without an ending and the query that goes with it; `None` where it has none.
    pub address: Option<Address>,
    /// Generated data: the picture says so.
    pub demonstration: bool,
}

/// Where an exhibit is reached by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// `/pictures/…`, without an ending.
    pub path: String,
    /// What is filtered, as `region=…&kind=…`; empty for nothing.
    pub query: String,
}

impl Address {
    /// The address with that ending: `.svg`, `.png`, `.csv`, or none for the page.
    pub fn with(&self, ending: &str) -> String {
        let Self { path, query } = self;
        if query.is_empty() { format!("{path}{ending}") } else { format!("{path}{ending}?{query}") }
    }
}

impl Exhibit {
    /// The finding as one sentence.
    pub fn sentence(&self) -> String {
        self.finding.concat()
    }

    /// The picture's name for whoever does not see it.
    pub fn title(&self) -> String {
        format!("{}。{}", self.sentence().trim_end_matches('。'), self.subtitle)
    }

    /// The picture as a document that stands alone, with heading, notes and source; `None` without a picture.
    pub fn document(&self, layout: Layout) -> Option<String> {
        let (heading, notes) = (self.sentence(), [&self.notes[..], std::slice::from_ref(&self.source)].concat());
        let around = Some(Around { heading: &heading, subtitle: &self.subtitle, notes: &notes });
        let frame = Frame { id: &self.id, layout, demonstration: self.demonstration, around };
        self.chart.as_ref().map(|chart| chart.draw(frame, &self.title()))
    }
}
