//! 指標: a versioned definition evaluated on a round.
//!
//! A [`Definition`] says when a municipality counts. Its [`Rule`] wants enough of the fields; a field counts by its own
//! question or by enough of its areas, an area by enough of its questions. How many are enough is a [`Quota`]; what one
//! answer tells is read by [`Counts`] and [`Treatment`]. Each step decides only what no completion of the undetermined
//! could change, so the [`Outcome`]'s bounds hold whatever they turn out to be.
//!
//! - [`definition`]: the definition, its versions, which applies to a year
//! - [`quota`], [`rule`]: how many of what
//! - [`reading`]: what one answer, or a missing one, tells
//! - [`written`]: definitions as they are written down, and what is refused
//! - [`words`]: definitions in words
//! - [`outcome`]: numerator, denominator, bounds, change
//! - [`companion`]: the same counted in people
//! - [`reference`]: what can be said of a year known only as counts

pub mod companion;
pub mod definition;
pub mod outcome;
pub mod quota;
pub mod reading;
pub mod reference;
pub mod rule;
pub mod words;
pub mod written;

use serde::{Deserialize, Serialize};

pub use companion::PopulationCompanion;
pub use definition::{Definition, Denominator, Engagement, FieldEngagement, Role, applying, predecessor};
pub use outcome::{Change, Outcome};
pub use quota::Quota;
pub use reading::{Counts, Inapplicable, Missing, Treatment};
pub use reference::{CountBounds, NoBounds, ReferenceCount};
pub use rule::{AreaRule, FieldRule, FieldTest, Rule};
pub use written::InvalidDefinition;

/// 分野: the three fields of the plan. 各分野を支える基盤整備 stands apart and is part of no indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// 産業・しごと
    Industry,
    /// 暮らし・まち
    Living,
    /// 行政経営
    Administration,
}

impl Field {
    /// All three, in the order of the plan.
    pub const ALL: [Self; 3] = [Self::Industry, Self::Living, Self::Administration];

    /// The code used in files and addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Industry => "industry",
            Self::Living => "living",
            Self::Administration => "administration",
        }
    }

    /// The field of that code.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.code() == code)
    }

    /// The name in Japanese.
    pub fn label(self) -> &'static str {
        match self {
            Self::Industry => "産業・しごと",
            Self::Living => "暮らし・まち",
            Self::Administration => "行政経営",
        }
    }
}
