//! 探索的な分析: tests of what the tables show, for those who state what they suppose to be chance.
//!
//! Apart from the published results, never part of them. Somebody chooses a comparison and a [`ChanceModel`]; then each
//! hypothesis is answered with its effect first, its test second, all p-values adjusted as one family, and a reading in
//! words that claims no more than that.
//!
//! - [`request`]: what was chosen, from the query of an address
//! - [`measure`]: one value a municipality, from the cube, as far as the reader may see it
//! - [`finding`]: a hypothesis with its counts, effects, tests and reading
//! - `groups`, `paired`, `ordered`: which test fits which comparison
//! - `family`: adjustment; [`words`]: figures and readings in Japanese
//! - [`explore`]: from the request to the findings
//!
//! [`ChanceModel`]: crate::statistics::ChanceModel

pub mod explore;
mod family;
pub mod finding;
mod groups;
pub mod measure;
mod ordered;
mod paired;
pub mod request;
#[cfg(test)]
mod samples;
pub mod words;

pub use explore::{Exploration, Sources, explore};
pub use request::{Problem, Request, Subject};
