//! The life of a response.

use serde::{Deserialize, Serialize};

use crate::round::RoundState;

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

    /// Whether the municipality may change answers while the round is in that state: after the closing, what was sent
    /// back may still be corrected.
    pub fn is_editable_in(self, round: RoundState) -> bool {
        match round {
            RoundState::Open => self.is_editable(),
            RoundState::Closed => self == Self::Returned,
            RoundState::Draft | RoundState::Finalized | RoundState::Published => false,
        }
    }

    /// Whether it can be handed in while the round is in that state, once it is complete; `before` says that it was
    /// handed in before. After the closing only a correction is taken.
    pub fn may_be_handed_in(self, round: RoundState, before: bool) -> bool {
        let waits = match self {
            Self::InProgress | Self::AwaitingApproval | Self::Returned => true,
            Self::NotStarted | Self::Submitted | Self::Accepted => false,
        };
        match round {
            RoundState::Open => waits,
            RoundState::Closed => waits && before,
            RoundState::Draft | RoundState::Finalized | RoundState::Published => false,
        }
    }

    /// Whether the municipality has handed it in and it was not sent back.
    pub fn is_handed_in(self) -> bool {
        matches!(self, Self::Submitted | Self::Accepted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_the_closing_only_what_was_sent_back_can_be_corrected() {
        for state in ResponseState::ALL {
            assert_eq!(state.is_editable_in(RoundState::Open), state.is_editable(), "{state:?}");
            assert_eq!(state.is_editable_in(RoundState::Closed), state == ResponseState::Returned, "{state:?}");
            for round in [RoundState::Draft, RoundState::Finalized, RoundState::Published] {
                assert!(!state.is_editable_in(round) && !state.may_be_handed_in(round, true), "{state:?} {round:?}");
            }
        }
        assert!(ResponseState::AwaitingApproval.may_be_handed_in(RoundState::Closed, true), "a correction");
        assert!(!ResponseState::AwaitingApproval.may_be_handed_in(RoundState::Closed, false), "came too late");
        assert!(ResponseState::InProgress.may_be_handed_in(RoundState::Open, false));
        assert!(!ResponseState::NotStarted.may_be_handed_in(RoundState::Open, false), "nothing to hand in");
    }
}
