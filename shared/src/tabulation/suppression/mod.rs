//! 秘匿: what a reader who may not see named values must not be able to find out from a table.
//!
//! Where named values are not public, a count that is 0 or all of those who answered tells every municipality's value,
//! and so may a count below a threshold. Such cells are suppressed, and then further ones, until none of them can be
//! found by subtraction from the totals ([`grid`]).
//!
//! Totals stay consistent over all tables of one variable and year: a choice that is suppressed in the total is
//! suppressed in every group. So do the sums that follow from tables by different attributes ([`blocks`], [`groups`]),
//! and the two tables of two questions that are crossed: what is suppressed cannot be found by adding and subtracting
//! what different tables show.
//!
//! What a correction takes over from the revision before it ([`withheld`]) is treated like what tells by itself.
//!
//! 未提出 and 当年度設問なし are always shown: they are published elsewhere and say nothing about a value.

pub mod blocks;
pub mod grid;
pub mod groups;
#[cfg(test)]
mod overlap_tests;
mod span;
pub mod tables;
#[cfg(test)]
mod tests;
pub mod withheld;

use serde::{Deserialize, Serialize};

use crate::indicator::Outcome;
use grid::{Grid, Standing};

/// From which count on a cell is shown where named values are not, set for a publication; counts of nobody and of
/// everybody are suppressed whatever it says. A census is published whole; of small groups, one and two are suppressed, as in
/// official statistics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SmallCells {
    /// In tables of the whole register; 0 shows every count.
    pub whole: u32,
    /// In tables by groups of municipalities; 0 shows every count.
    pub groups: u32,
}

impl Default for SmallCells {
    fn default() -> Self {
        Self { whole: 0, groups: 3 }
    }
}

impl SmallCells {
    /// Whether nothing else was set.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// Whether a count of a value tells who has it: nobody, everybody that answered, or fewer than `threshold`.
///
/// `answered` counts everything that tells ([`super::State::tells`]) as an answer; of nobody, nothing is told.
pub fn tells_value(count: u32, answered: u32, threshold: u32) -> bool {
    answered > 0 && (count == 0 || count == answered || count < threshold)
}

/// Whether a count of 不明, 該当なし or 対象外 does. That nobody is in such a state tells no value.
pub fn tells_state(count: u32, answered: u32, threshold: u32) -> bool {
    count > 0 && tells_value(count, answered, threshold)
}

/// A result of an indicator over the whole register; `None` is suppressed.
pub fn outcome(outcome: Outcome, threshold: u32) -> Option<Outcome> {
    let tells = |count: u32| tells_value(count, outcome.register, threshold);
    (!tells(outcome.engaged) && !tells(outcome.not_engaged)).then_some(outcome)
}

/// Results of an indicator by groups, each in the block ([`blocks`]) of that number: `None` is suppressed, a group as a
/// whole. The total is published. What stands in a block follows from several tables, which must all hide the same: where
/// a block would have to be suppressed, everything is. What is suppressed `already`, by an earlier revision, stays so.
pub fn outcomes(outcomes: &[Outcome], blocks: &[usize], threshold: u32, already: &[bool]) -> Vec<Option<Outcome>> {
    let count = blocks.iter().max().map_or(0, |last| last + 1);
    let of = |block: usize| -> (Vec<Outcome>, Vec<bool>) {
        let groups = outcomes.iter().copied().zip(already.iter().copied()).zip(blocks);
        groups.filter(|(_, own)| **own == block).map(|(group, _)| group).unzip()
    };
    let sums: Vec<Outcome> = (0..count).map(|block| of(block).0.into_iter().sum()).collect();
    if count > 1 && of_one_block(&sums, &vec![false; count], threshold).contains(&None) {
        return vec![None; outcomes.len()];
    }
    let within = |block: usize| {
        let (outcomes, already) = of(block);
        of_one_block(&outcomes, &already, threshold).into_iter()
    };
    let mut shown: Vec<_> = (0..count).map(within).collect();
    blocks.iter().map(|block| shown[*block].next().flatten()).collect()
}

fn of_one_block(outcomes: &[Outcome], already: &[bool], threshold: u32) -> Vec<Option<Outcome>> {
    let counts: Vec<u32> = outcomes.iter().flat_map(|o| [o.engaged, o.not_engaged, o.undetermined()]).collect();
    let mut grid = Grid::new(outcomes.len(), 3, &counts);
    for (row, outcome) in outcomes.iter().enumerate() {
        for (column, count) in [outcome.engaged, outcome.not_engaged].into_iter().enumerate() {
            if already[row] || tells_value(count, outcome.register, threshold) {
                grid.hide(row, column);
            }
        }
        // That nobody is in a group of nobody cannot be hidden.
        if outcome.register == 0 {
            for column in 0..3 {
                grid.stand(row, column, Standing::Known);
            }
        }
    }
    let closed = grid.close(true);
    let shown = |row: usize| closed && !grid.is_hidden(row, 0);
    outcomes.iter().enumerate().map(|(row, outcome)| shown(row).then_some(*outcome)).collect()
}
