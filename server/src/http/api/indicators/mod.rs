//! 指標
//!
//! - [`index`]: which there are
//! - [`get`]: one over the years; [`list`]: all of one year
//! - [`computation`], [`answers`]: how one figure was computed
//! - `result`: a figure as JSON

pub mod answers;
pub mod computation;
pub mod get;
pub mod index;
pub mod list;
mod result;
