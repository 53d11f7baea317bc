//! Invitations to set a password, and how an account stands.

use crate::time::Timestamp;

/// Days that an invitation is valid: a letter has to travel and to pass several desks.
const VALID_DAYS: i64 = 21;

/// Until when an invitation made at that time is valid.
pub fn expires(made: Timestamp) -> Timestamp {
    made.end_of_day_after(VALID_DAYS)
}

/// Whether an account can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It has a password.
    Active,
    /// It has none, and its invitation is valid until then.
    Invited(Timestamp),
    /// It has no password and no valid invitation.
    Uninvited,
    /// Nobody may use it.
    Disabled,
}

impl Standing {
    /// The words for it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Active => "利用中",
            Self::Invited(_) => "招待中",
            Self::Uninvited => "未招待・期限切れ",
            Self::Disabled => "無効",
        }
    }
}
