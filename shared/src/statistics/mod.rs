//! 統計: methods for a survey that is a census of municipalities.
//!
//! The headline is never here: it is counted ([`crate::indicator`], [`crate::share`]). This is what may stand beside it.
//! Counts come in as integers; what does not exist comes back as [`Undefined`] or `None`, never as NaN or 0.
//!
//! **On a complete census** (every municipality determined) nothing is left to chance, so no interval may be shown.
//! Every interval and every test is to be asked of its [`ChanceModel`] first, which refuses what it does not carry;
//! [`finite_population::under_non_response`] refuses by itself. Each function says what it assumes and when it is misuse.
//!
//! What is known without chance
//! - [`bounds`]: worst-case bounds of a share and of its change
//! - [`chance`]: the chance model that an interval or a test assumes, in words
//!
//! Intervals
//! - [`proportion`]: Wilson, Clopper–Pearson, Newcombe's difference; [`finite_population`]: under non-response
//!
//! Tests (exploratory)
//! - [`contingency`]: tables and χ²; [`fisher`]: Fisher's exact test
//! - [`mcnemar`], [`cochran_q`]: the same municipalities in two years, in several years
//! - [`mann_whitney`], [`kruskal_wallis`], [`signed_rank`]: ranks; [`trend`]: Cochran–Armitage
//! - [`adjustment`]: Holm, Benjamini–Hochberg
//!
//! Association and size of effects
//! - [`spearman`], [`kendall`], [`cramers_v`], [`cliffs_delta`]
//!
//! Description
//! - [`quantile`], [`robust_z`], [`weighting`], [`ranking`]
//! - [`normalisation`], [`aggregation`], [`rank_grid`]: composite scores and how far their ranks depend on choices
//! - [`peers`]: the nearest municipalities
//!
//! Shared by all: [`undefined`], [`level`], [`alternative`]; [`distribution`] and [`numeric`] below them.

pub mod adjustment;
pub mod aggregation;
pub mod alternative;
pub mod bounds;
pub mod chance;
pub mod cliffs_delta;
pub mod cochran_q;
pub mod contingency;
pub mod cramers_v;
mod distribution;
pub mod finite_population;
pub mod fisher;
pub mod kendall;
pub mod kruskal_wallis;
pub mod level;
pub mod mann_whitney;
pub mod mcnemar;
pub mod normalisation;
mod numeric;
pub mod peers;
pub mod proportion;
pub mod quantile;
pub mod rank_grid;
pub mod ranking;
pub mod robust_z;
pub mod signed_rank;
pub mod spearman;
pub mod trend;
pub mod undefined;
pub mod weighting;

pub use alternative::{Alternative, Method};
pub use chance::ChanceModel;
pub use contingency::Table;
pub use level::{Interval, Level};
pub use undefined::Undefined;
