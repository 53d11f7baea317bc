//! 比較: a municipality among others of its choice, as far as the reader may see.
//!
//! Everything is counted from the same practices for everybody: level questions whose named values the council may see.
//! Where the reader may not see named values, nothing is shown that could be subtracted: single values stand without
//! names only in the one group that everybody has, other groups show their median alone and only where they differ from
//! one another in enough municipalities, small ones nothing, and questions one by one only counts over all other
//! municipalities.
//!
//! - [`outline`]: what is compared, by section and area, and across years
//! - [`peers`]: whom with
//! - [`place`]: median, rank and percentile, exactly
//! - [`row`]: one comparison
//! - [`elsewhere`]: who does what one does not do
//! - [`cases`]: what they describe of it, with whom to ask
//! - [`changes`]: what was answered otherwise in an earlier year
//! - [`standing`]: 成熟度 among the peers
//! - [`whole`]: all of it together

pub mod cases;
pub mod changes;
pub mod elsewhere;
pub mod outline;
pub mod peers;
pub mod place;
pub mod row;
#[cfg(test)]
pub(crate) mod samples;
pub mod standing;
pub mod whole;

pub use cases::{Case, cases};
pub use changes::{Change, Changes};
pub use elsewhere::{Doing, Elsewhere, Practice, Wanted, elsewhere};
pub use outline::Outline;
pub use peers::{Group, NearBy, NoPeers};
pub use place::Rank;
pub use row::{Measure, Row, Seen, Sight};
pub use standing::{Maturity, MaturityScore, WhatIf};
pub use whole::{Comparison, Level, NoComparison, Request, Rounds, Topic, compare};
