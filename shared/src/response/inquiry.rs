//! 県からの確認・県への質問: who speaks in a thread between prefecture and municipality.

use serde::{Deserialize, Serialize};

/// One of the two sides of an inquiry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// 市町村
    Municipality,
    /// 県
    Prefecture,
}

impl Side {
    /// Both sides.
    pub const ALL: [Self; 2] = [Self::Municipality, Self::Prefecture];

    /// The code stored and sent.
    pub fn code(self) -> &'static str {
        match self {
            Self::Municipality => "municipality",
            Self::Prefecture => "prefecture",
        }
    }

    /// The side of that code.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|side| side.code() == code)
    }

    /// The word officials read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Municipality => "市町村",
            Self::Prefecture => "県",
        }
    }

    /// The side that is spoken to.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Municipality => Self::Prefecture,
            Self::Prefecture => Self::Municipality,
        }
    }
}
