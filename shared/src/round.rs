//! 調査: one fiscal year's round.

use serde::{Deserialize, Serialize};

/// State of a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoundState {
    /// 準備中
    Draft,
    /// 受付中
    Open,
    /// 受付終了
    Closed,
    /// 確定
    Finalized,
    /// 公表
    Published,
}

impl RoundState {
    /// All states, in order.
    pub const ALL: [Self; 5] = [Self::Draft, Self::Open, Self::Closed, Self::Finalized, Self::Published];

    /// The code stored and sent.
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Finalized => "finalized",
            Self::Published => "published",
        }
    }

    /// The state of that code.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// The word officials read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Draft => "準備中",
            Self::Open => "受付中",
            Self::Closed => "受付終了",
            Self::Finalized => "確定",
            Self::Published => "公表",
        }
    }

    /// The one state that may follow.
    pub fn next(self) -> Option<Self> {
        match self {
            Self::Draft => Some(Self::Open),
            Self::Open => Some(Self::Closed),
            Self::Closed => Some(Self::Finalized),
            Self::Finalized => Some(Self::Published),
            Self::Published => None,
        }
    }

    /// Whether the officer may take up the checking again, to correct what was decided.
    pub fn may_be_reopened(self) -> bool {
        matches!(self, Self::Finalized | Self::Published)
    }

    /// Whether the officer may still accept responses.
    pub fn is_under_review(self) -> bool {
        matches!(self, Self::Open | Self::Closed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_round_goes_through_every_state_once() {
        let mut seen = vec![RoundState::Draft];
        while let Some(next) = seen.last().and_then(|state| state.next()) {
            seen.push(next);
        }
        assert_eq!(seen, RoundState::ALL);
    }
}
