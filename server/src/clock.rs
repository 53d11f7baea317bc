//! The clock, passed in so that tests may set it.

use shared::time::Timestamp;

/// Where the present comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// Always the same moment.
    Fixed(Timestamp),
}

impl Clock {
    /// The present.
    pub fn now(self) -> Timestamp {
        match self {
            Self::System => Timestamp(chrono::Utc::now().timestamp_millis()),
            Self::Fixed(moment) => moment,
        }
    }
}
