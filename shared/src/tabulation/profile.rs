//! Municipalities across questions: how many they answered, how many are engaged, their score and rank.

use super::code::{CodeSet, MOST_CHOICES};
use super::cube::YearSlab;
use super::kernel;
use super::variable::Variable;

/// By place of the cube, over a set of variables in one year. Only single choices are counted.
///
/// Named: ranks and scores are for members and the municipality itself, never public.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Questions with a value.
    pub answered: Vec<u32>,
    /// Those of them whose value is in the set.
    pub positive: Vec<u32>,
    /// The sum of the values' scores.
    pub score: Vec<u32>,
}

impl Profile {
    /// Counts over the variables. `scores` gives a score for a code; other values have 0.
    pub fn count<'v>(
        slab: &YearSlab,
        variables: impl IntoIterator<Item = &'v Variable>,
        positive: &CodeSet,
        scores: &[(u8, u8)],
    ) -> Self {
        let places = slab.register().len();
        let none = || vec![0; places];
        let mut profile = Self { answered: none(), positive: none(), score: none() };
        let mut bytes = vec![0; places];
        let end = u8::try_from(MOST_CHOICES).unwrap_or(u8::MAX);
        for variable in variables {
            let column = slab.column(variable);
            kernel::flags_below(column, end, &mut bytes);
            kernel::add(&bytes, &mut profile.answered);
            kernel::flags(column, positive.codes(), &mut bytes);
            kernel::add(&bytes, &mut profile.positive);
            kernel::scores(column, scores, &mut bytes);
            kernel::add(&bytes, &mut profile.score);
        }
        profile
    }

    /// Adds another profile of the same places, such as that of another area.
    pub fn add(&mut self, other: &Self) {
        let pairs = [
            (&mut self.answered, &other.answered),
            (&mut self.positive, &other.positive),
            (&mut self.score, &other.score),
        ];
        for (sums, more) in pairs {
            sums.iter_mut().zip(more).for_each(|(sum, one)| *sum += one);
        }
    }

    /// 1 for each place that answered something and is positive in at least `numerator` / `denominator` of what it
    /// answered, 0 elsewhere.
    pub fn reaching(&self, numerator: u32, denominator: u32) -> Vec<u8> {
        let reaches = |(answered, positive): (&u32, &u32)| {
            let enough = u64::from(*positive) * u64::from(denominator) >= u64::from(*answered) * u64::from(numerator);
            u8::from(*answered > 0 && enough)
        };
        self.answered.iter().zip(&self.positive).map(reaches).collect()
    }

    /// How many places answered something.
    pub fn respondents(&self) -> u32 {
        self.answered.iter().map(|answered| u32::from(*answered > 0)).sum()
    }

    /// Ranks by mean score, greatest first, equals sharing the best rank; compared as exact ratios. `None` without an
    /// answer.
    pub fn ranks(&self) -> Vec<Option<u32>> {
        let mean = |place: &usize| (u64::from(self.score[*place]), u64::from(self.answered[*place]));
        let mut order: Vec<usize> = (0..self.answered.len()).filter(|place| self.answered[*place] > 0).collect();
        let compare = |a: &usize, b: &usize| {
            let ((s1, n1), (s2, n2)) = (mean(a), mean(b));
            (s2 * n1).cmp(&(s1 * n2))
        };
        order.sort_unstable_by(compare);
        let mut ranks = vec![None; self.answered.len()];
        let (mut rank, mut before) = (0, None);
        for (number, place) in (1_u32..).zip(order) {
            if before.is_none_or(|before| compare(&before, &place).is_ne()) {
                rank = number;
            }
            ranks[place] = Some(rank);
            before = Some(place);
        }
        ranks
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_rank_is_one_more_than_how_many_are_better(
            cells in prop::collection::vec((0_u32..30, 0_u32..8), 0..40)
        ) {
            let profile = Profile {
                score: cells.iter().map(|(score, _)| *score).collect(),
                answered: cells.iter().map(|(_, answered)| *answered).collect(),
                positive: vec![0; cells.len()],
            };
            let ranks = profile.ranks();
            for (place, (score, answered)) in cells.iter().enumerate() {
                let better = cells.iter().filter(|(s, n)| *n > 0 && s * answered > score * n).count();
                let expected = (*answered > 0).then(|| u32::try_from(better).unwrap() + 1);
                prop_assert_eq!(ranks[place], expected);
            }
        }
    }

    #[test]
    fn a_third_of_nothing_is_not_reached() {
        let profile = Profile { answered: vec![0, 3, 4, 6], positive: vec![0, 1, 1, 2], score: vec![0; 4] };
        assert_eq!(profile.reaching(1, 3), [0, 1, 0, 1]);
        assert_eq!(profile.respondents(), 3);
    }
}
