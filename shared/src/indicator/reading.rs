//! What one answer tells: which answers count, and what is made of a cell without one.

use serde::{Deserialize, Serialize};

use super::Engagement;
use crate::response::{AnswerValue, Cell};

/// Which answers count as engaged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counts {
    /// These choices, by name.
    Choices(Vec<String>),
    /// 成熟度: this stage of a level question, or a higher one.
    FromStage(u8),
}

/// What is made of a cell without an answer in an accepted response. What is not accepted, not handed in or not asked
/// is undetermined, whatever stands here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Treatment {
    /// 無回答
    pub blank: Missing,
    /// 不明
    pub unknown: Missing,
    /// 該当なし
    pub not_applicable: Inapplicable,
    /// 分岐により対象外
    pub skipped: Inapplicable,
}

/// What is made of an answer that is missing. It never leaves a denominator: that would favour whoever is silent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// Neither: the bounds say what it leaves open.
    Undetermined,
    /// Not engaged.
    NotEngaged,
}

/// What is made of a question that has no object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Inapplicable {
    /// Neither.
    Undetermined,
    /// Not engaged.
    NotEngaged,
    /// Out of the denominator: an area counts the questions that apply, a field the areas that do.
    LeftOut,
}

impl Default for Treatment {
    fn default() -> Self {
        Self {
            blank: Missing::Undetermined,
            unknown: Missing::Undetermined,
            not_applicable: Inapplicable::NotEngaged,
            skipped: Inapplicable::Undetermined,
        }
    }
}

impl Treatment {
    /// Whether some answer takes its question out of the denominator.
    pub fn leaves_out(&self) -> bool {
        [self.not_applicable, self.skipped].contains(&Inapplicable::LeftOut)
    }

    /// What a cell tells; `None` is left out. Only an accepted response is confirmed.
    pub fn read(&self, counts: &Counts, accepted: bool, cell: &Cell) -> Option<Engagement> {
        if !accepted {
            return Some(Engagement::Undetermined);
        }
        match cell {
            Cell::Value(value) => Some(counts.read(value)),
            Cell::Blank => Some(self.blank.into()),
            Cell::Unknown => Some(self.unknown.into()),
            Cell::NotApplicable => self.not_applicable.engagement(),
            Cell::Skipped => self.skipped.engagement(),
            Cell::NotSubmitted | Cell::NotAsked => Some(Engagement::Undetermined),
        }
    }
}

impl Counts {
    fn read(&self, value: &AnswerValue) -> Engagement {
        let AnswerValue::Choice(choice) = value else { return Engagement::Undetermined };
        let counts = match self {
            Self::Choices(choices) => choices.contains(choice),
            Self::FromStage(least) => match choice.parse::<u8>() {
                Ok(stage) => stage >= *least,
                // No level question.
                Err(_) => return Engagement::Undetermined,
            },
        };
        if counts { Engagement::Engaged } else { Engagement::NotEngaged }
    }
}

impl From<Missing> for Engagement {
    fn from(missing: Missing) -> Self {
        match missing {
            Missing::Undetermined => Self::Undetermined,
            Missing::NotEngaged => Self::NotEngaged,
        }
    }
}

impl Inapplicable {
    /// `None` is left out.
    fn engagement(self) -> Option<Engagement> {
        match self {
            Self::Undetermined => Some(Engagement::Undetermined),
            Self::NotEngaged => Some(Engagement::NotEngaged),
            Self::LeftOut => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_counts_from_its_stage_on_and_only_once_it_is_accepted() {
        let read = |accepted, stage: &str| {
            let cell = Cell::Value(AnswerValue::Choice(stage.to_owned()));
            Treatment::default().read(&Counts::FromStage(3), accepted, &cell)
        };
        assert_eq!(
            ["0", "2", "3", "4"].map(|stage| read(true, stage)),
            [Engagement::NotEngaged, Engagement::NotEngaged, Engagement::Engaged, Engagement::Engaged].map(Some)
        );
        assert_eq!(read(false, "4"), Some(Engagement::Undetermined));
        assert_eq!(read(true, "その他"), Some(Engagement::Undetermined));
    }

    #[test]
    fn states_are_read_as_the_definition_says() {
        let counts = Counts::Choices(vec!["1".to_owned()]);
        let strict = Treatment {
            blank: Missing::NotEngaged,
            unknown: Missing::NotEngaged,
            not_applicable: Inapplicable::LeftOut,
            skipped: Inapplicable::LeftOut,
        };
        let (open, no) = (Some(Engagement::Undetermined), Some(Engagement::NotEngaged));
        for (cell, usual, strictly) in [
            (Cell::Blank, open, no),
            (Cell::Unknown, open, no),
            (Cell::NotApplicable, no, None),
            (Cell::Skipped, open, None),
            (Cell::NotSubmitted, open, open),
            (Cell::NotAsked, open, open),
        ] {
            assert_eq!(Treatment::default().read(&counts, true, &cell), usual, "{cell:?}");
            assert_eq!(strict.read(&counts, true, &cell), strictly, "{cell:?}");
            assert_eq!(strict.read(&counts, false, &cell), open, "{cell:?}");
        }
    }
}
