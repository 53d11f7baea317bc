//! 指標: a versioned definition evaluated on a round.
//!
//! - [`definition`]: what counts as engaged
//! - [`outcome`]: numerator, denominator, bounds, change
//! - [`reference`]: what can be said of a year known only as counts

pub mod definition;
pub mod outcome;
pub mod reference;

use serde::{Deserialize, Serialize};

pub use definition::{Definition, Engagement, FieldEngagement, Role, Rule};
pub use outcome::{Change, Outcome};
pub use reference::{CountBounds, ReferenceCount};

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
