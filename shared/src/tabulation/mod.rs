//! 集計: one dense cube of coded answers, and every table that is counted from it.
//!
//! The cube is year × municipality × variable, one byte a cell, built once for a set of snapshots
//! ([`Cube::from_snapshots`]) and then only read. A variable is a concept (概念ID) with its questions of all years.
//!
//! - [`code`]: the bytes: choices, and the six states that are never counted as values
//! - [`variable`]: concepts across the years, and whether two years may be compared
//! - [`sheet`]: the bytes of one year, a contiguous column a variable
//! - [`cube`]: years, register, columns; [`build`]: from snapshots
//! - [`attribute`], [`filter`]: grouping and selecting municipalities
//! - [`crossing`]: another question, or one choice of it, as the rows of a table
//! - [`kernel`]: the counting loops
//! - [`frequency`], [`crosstab`], [`weighted`], [`number`], [`profile`], [`transition`]: the tables
//! - [`suppression`]: 秘匿; [`release`], [`named`]: what a reader gets, by visibility
//! - [`query`]: filters as addresses carry them

pub mod attribute;
pub mod build;
pub mod code;
pub mod crossing;
pub mod crosstab;
pub mod cube;
pub mod exact;
pub mod filter;
pub mod frequency;
pub mod kernel;
pub mod named;
pub mod number;
pub mod profile;
pub mod query;
pub mod release;
pub mod sheet;
pub mod suppression;
pub mod transition;
pub mod variable;
pub mod weighted;

#[cfg(test)]
pub(crate) mod samples;

pub use attribute::{Attribute, Grouping, PopulationBand};
pub use build::BuildError;
pub use code::{CodeSet, State};
pub use crossing::Crossing;
pub use crosstab::Crosstab;
pub use cube::{Cube, YearSlab};
pub use exact::Exact;
pub use filter::{Filter, Selection};
pub use frequency::{Base, Count, Frequency};
pub use number::NumberSummary;
pub use profile::Profile;
pub use query::{InvalidCondition, Selectable};
pub use release::{Disclosure, Reader, Refusal};
pub use sheet::Sheet;
pub use suppression::SmallCells;
pub use transition::{Engagement, Transition};
pub use variable::{Comparability, Edition, Variable, VariableKind};
pub use weighted::Weighted;
