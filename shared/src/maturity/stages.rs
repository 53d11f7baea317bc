//! Several level answers of one municipality, such as those of one area.

use super::stage::{HIGHEST, stage};
use crate::response::Cell;

/// Their stages, kept exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stages {
    /// Sum of the confirmed stages.
    pub sum: u32,
    /// Questions with a stage.
    pub confirmed: u32,
    /// Questions that concern the municipality and have none: 無回答, 不明.
    pub undetermined: u32,
}

impl Stages {
    /// Adds up the cells; `None` where no question concerns the municipality, and without a response.
    pub fn of<'c>(cells: impl IntoIterator<Item = &'c Cell>) -> Option<Self> {
        let mut stages = Self { sum: 0, confirmed: 0, undetermined: 0 };
        for cell in cells {
            match (cell, stage(cell)) {
                (Cell::NotSubmitted, _) => return None,
                (Cell::NotApplicable | Cell::Skipped | Cell::NotAsked, _) => {}
                (Cell::Value(_), Some(stage)) => {
                    stages.sum += u32::from(stage);
                    stages.confirmed += 1;
                }
                (Cell::Value(_) | Cell::Unknown | Cell::Blank, _) => stages.undetermined += 1,
            }
        }
        (stages.concerned() > 0).then_some(stages)
    }

    /// Questions that concern the municipality.
    pub fn concerned(self) -> u32 {
        self.confirmed + self.undetermined
    }

    /// The mean stage, 0 to 4, with what is undetermined at 0: what is confirmed.
    pub fn lower(self) -> f64 {
        f64::from(self.sum) / f64::from(self.concerned())
    }

    /// The mean stage with what is undetermined at 4: what is possible.
    pub fn upper(self) -> f64 {
        f64::from(self.sum + u32::from(HIGHEST) * self.undetermined) / f64::from(self.concerned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::response::AnswerValue;

    #[test]
    fn every_state_of_a_cell_counts_in_its_own_way() {
        let at = |stage: &str| Cell::Value(AnswerValue::Choice(stage.to_owned()));
        let cells = [at("4"), at("1"), Cell::Blank, Cell::Unknown, Cell::NotApplicable, Cell::Skipped, Cell::NotAsked];
        let stages = Stages::of(&cells).unwrap();
        assert_eq!(stages, Stages { sum: 5, confirmed: 2, undetermined: 2 });
        assert_eq!((stages.lower(), stages.upper()), (1.25, 3.25));
        assert_eq!(Stages::of(&[Cell::NotApplicable]), None);
        assert_eq!(Stages::of(&[Cell::NotSubmitted, Cell::NotSubmitted]), None);
        assert_eq!(Stages::of(&[]), None);
    }
}
