//! A section handed to somebody inside the municipality.

use serde::{Deserialize, Serialize};

/// How far a section is that was handed to a section of the office (課) or a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SectionTaskState {
    /// 依頼中: asked for.
    Open,
    /// 入力済み: whoever fills it says it is complete.
    Done,
}

impl SectionTaskState {
    /// All states, in order.
    pub const ALL: [Self; 2] = [Self::Open, Self::Done];

    /// The code stored and sent.
    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Done => "done",
        }
    }

    /// The state of that code.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// The word officials read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Open => "依頼中",
            Self::Done => "入力済み",
        }
    }
}
