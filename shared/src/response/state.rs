//! The life of a response.

use serde::{Deserialize, Serialize};

/// State of a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResponseState {
    /// 未着手
    NotStarted,
    /// 入力中
    InProgress,
    /// 承認待ち
    AwaitingApproval,
    /// 提出済み
    Submitted,
    /// 差戻し
    Returned,
    /// 受理済み: confirmed by the prefecture.
    Accepted,
}

impl ResponseState {
    /// All states, in the order of a response's life.
    pub const ALL: [Self; 6] =
        [Self::NotStarted, Self::InProgress, Self::AwaitingApproval, Self::Submitted, Self::Returned, Self::Accepted];

    /// The code stored and sent.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotStarted => "not_started",
            Self::InProgress => "in_progress",
            Self::AwaitingApproval => "awaiting_approval",
            Self::Submitted => "submitted",
            Self::Returned => "returned",
            Self::Accepted => "accepted",
        }
    }

    /// The state of that code.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// The word officials read.
    pub fn label(self) -> &'static str {
        match self {
            Self::NotStarted => "未着手",
            Self::InProgress => "入力中",
            Self::AwaitingApproval => "承認待ち",
            Self::Submitted => "提出済み",
            Self::Returned => "差戻し",
            Self::Accepted => "受理済み",
        }
    }

    /// Whether the municipality may change answers.
    pub fn is_editable(self) -> bool {
        matches!(self, Self::NotStarted | Self::InProgress | Self::Returned)
    }

    /// Whether the municipality has handed it in and it was not sent back.
    pub fn is_handed_in(self) -> bool {
        matches!(self, Self::Submitted | Self::Accepted)
    }
}
