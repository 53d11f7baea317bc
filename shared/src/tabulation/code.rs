//! The bytes of the cube: one a cell.
//!
//! | byte | meaning |
//! |---:|---|
//! | 0–248 | a value: the place of the choice in [`super::Variable::choices`] |
//! | 249–254 | a state ([`State`]) |
//! | 255 | no cell: the municipality is not on that year's register, or not selected ([`OFF`]) |

use serde::{Deserialize, Serialize};

use crate::questionnaire::ChoiceState;
use crate::response::Cell;

/// Most choices a variable can have over all years.
pub const MOST_CHOICES: usize = 249;

/// No cell at all: it is in no count, not even in the register.
pub const OFF: u8 = 255;

/// A variable without choices was answered; or a choice of a multiple answer was not chosen.
pub const ANSWERED: u8 = 0;

/// A choice of a multiple answer was not chosen (in that choice's column).
pub const NOT_CHOSEN: u8 = 0;

/// A choice of a multiple answer was chosen (in that choice's column).
pub const CHOSEN: u8 = 1;

/// What a cell without a value is. States have codes of their own and are never counted as values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum State {
    /// 不明
    Unknown = 249,
    /// 該当なし
    NotApplicable = 250,
    /// 分岐により対象外
    Skipped = 251,
    /// 無回答
    Blank = 252,
    /// 未提出
    NotSubmitted = 253,
    /// 当年度設問なし
    NotAsked = 254,
}

impl State {
    /// All six, in the order in which tables show them.
    pub const ALL: [Self; 6] =
        [Self::Unknown, Self::NotApplicable, Self::Skipped, Self::Blank, Self::NotSubmitted, Self::NotAsked];

    /// Its byte.
    pub fn code(self) -> u8 {
        self as u8
    }

    /// Its place in [`Self::ALL`].
    pub fn place(self) -> usize {
        usize::from(self.code() - Self::Unknown.code())
    }

    /// Whether it says something about the municipality, as an answer does: the state was answered, or follows from an
    /// answer (a branch).
    pub fn tells(self) -> bool {
        match self {
            Self::Unknown | Self::NotApplicable | Self::Skipped => true,
            Self::Blank | Self::NotSubmitted | Self::NotAsked => false,
        }
    }

    /// The word in Japanese, as everywhere else.
    pub fn label(self) -> &'static str {
        self.cell().label()
    }

    /// The code used in files and in the API.
    pub fn key(self) -> &'static str {
        self.cell().code()
    }

    fn cell(self) -> Cell {
        match self {
            Self::Unknown => Cell::Unknown,
            Self::NotApplicable => Cell::NotApplicable,
            Self::Skipped => Cell::Skipped,
            Self::Blank => Cell::Blank,
            Self::NotSubmitted => Cell::NotSubmitted,
            Self::NotAsked => Cell::NotAsked,
        }
    }
}

impl From<ChoiceState> for State {
    fn from(state: ChoiceState) -> Self {
        match state {
            ChoiceState::Unknown => Self::Unknown,
            ChoiceState::NotApplicable => Self::NotApplicable,
        }
    }
}

/// A set of values, such as the stages that count as engaged. It holds no state.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CodeSet(Vec<u8>);

impl CodeSet {
    /// The values among `codes`.
    pub fn new(codes: impl IntoIterator<Item = u8>) -> Self {
        let mut codes: Vec<u8> = codes.into_iter().filter(|code| usize::from(*code) < MOST_CHOICES).collect();
        codes.sort_unstable();
        codes.dedup();
        Self(codes)
    }

    /// Its codes, ascending.
    pub fn codes(&self) -> &[u8] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_have_codes_of_their_own_above_every_value() {
        for (place, state) in State::ALL.into_iter().enumerate() {
            assert_eq!(state.place(), place);
            assert!(usize::from(state.code()) >= MOST_CHOICES && state.code() < OFF);
        }
        assert_eq!(State::NotAsked.label(), "当年度設問なし");
        assert_eq!(State::Blank.key(), "blank");
    }

    #[test]
    fn a_set_of_values_never_holds_a_state() {
        assert_eq!(CodeSet::new([4, 3, 4, State::Unknown.code(), OFF]).codes(), [3, 4]);
    }
}
