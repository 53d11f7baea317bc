//! 順位の幅: how far a rank by a composite score depends on choices that could have been made otherwise.

use super::aggregation::Aggregation;
use super::{Undefined, normalisation};

/// How an indicator is put on the scale of the others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Normalisation {
    /// [`normalisation::min_max`]; a lower end above 0 keeps geometric means from vanishing.
    MinMax {
        /// For the least value.
        lower: f64,
        /// For the greatest.
        upper: f64,
    },
    /// [`normalisation::rank_share`]
    RankShare,
    /// [`normalisation::z_score`] of the municipalities at hand (n): negative ones have an arithmetic mean only.
    ZScore,
    /// A scale that does not depend on the municipalities: `least` becomes `lower`, `greatest` becomes `upper`.
    Fixed {
        /// The least value there can be.
        least: f64,
        /// The greatest.
        greatest: f64,
        /// For the least.
        lower: f64,
        /// For the greatest.
        upper: f64,
    },
}

impl Normalisation {
    /// Normalises one indicator's values of all municipalities.
    pub fn apply(self, values: &[f64]) -> Result<Vec<f64>, Undefined> {
        match self {
            Self::MinMax { lower, upper } => normalisation::min_max(values, lower, upper),
            Self::RankShare => normalisation::rank_share(values),
            Self::ZScore => normalisation::z_score(values, 0),
            Self::Fixed { least, greatest, lower, upper } => {
                super::numeric::check(values)?;
                if greatest <= least {
                    return Err(Undefined::OutOfRange);
                }
                Ok(values.iter().map(|x| lower + (x - least) / (greatest - least) * (upper - lower)).collect())
            }
        }
    }
}

/// The choices; every combination is tried.
#[derive(Debug, Clone, PartialEq)]
pub struct Choices {
    /// Ways to normalise and to aggregate, with equal weights.
    pub ways: Vec<(Normalisation, Aggregation)>,
    /// Whether each indicator is also left out once.
    pub leave_one_out: bool,
}

/// One municipality's ranks over all combinations; 1 is the highest score, ties share the best rank. Where scores are
/// intervals, every combination has a best and a worst rank ([`rank_bounds`]).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RankRange {
    /// Best.
    pub min: u32,
    /// In the middle, of the best and the worst ranks alike.
    pub median: f64,
    /// Worst.
    pub max: u32,
}

/// Municipalities (rows) and indicators (columns); a cell is empty where one does not concern the other.
pub type Matrix = Vec<Vec<Option<f64>>>;

/// A matrix that is normalised already, between two ends, with the mean that makes a score of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Bounded {
    /// The least that each cell may be.
    pub lower: Matrix,
    /// The greatest, with the same cells empty.
    pub upper: Matrix,
    /// How the cells of a row are made one.
    pub aggregation: Aggregation,
}

/// The ranks over all combinations.
#[derive(Debug, Clone, PartialEq)]
pub struct RankGrid {
    /// Combinations tried.
    pub combinations: u32,
    /// In the order of the municipalities.
    pub ranges: Vec<RankRange>,
}

/// Ranks the municipalities (rows) by a composite of the indicators (columns) under every combination of choices.
///
/// Scores are compared after rounding to 12 decimal places, so that equal ones are equal whatever the order of
/// summation. The range says how much of a rank is choice; **it is no interval of chance**, so it may be shown on a
/// complete census, and a rank without it is misuse. Named ranks are for members and the municipality itself.
///
/// OECD/JRC (2008) Handbook on Constructing Composite Indicators, step 7; Saisana, M., Saltelli, A. & Tarantola, S.
/// (2005) JRSS A 168, 307–323.
///
/// [`Undefined::NoData`] for no municipality, indicator or choice, [`Undefined::LengthsDiffer`] for rows of different
/// length, [`Undefined::NoVariation`] where an indicator to be normalised by its extremes is the same everywhere. A cell may
/// be empty as in [`rank_ranges`].
pub fn rank_grid(matrix: &[Vec<Option<f64>>], choices: &Choices) -> Result<RankGrid, Undefined> {
    rank_ranges(matrix, &choices.ways, &equal_weights(matrix.first().map_or(0, Vec::len), choices.leave_one_out))
}

/// The same weight for every indicator; and then with each of them left out once.
pub fn equal_weights(indicators: usize, leave_one_out: bool) -> Vec<Vec<f64>> {
    // Of a single indicator nothing would be left.
    let leaves = leave_one_out && indicators > 1;
    let left_out = std::iter::once(None).chain((0..indicators).filter(|_| leaves).map(Some));
    left_out.map(|left_out| (0..indicators).map(|j| if Some(j) == left_out { 0.0 } else { 1.0 }).collect()).collect()
}

/// [`rank_grid`] with weights of one's own: ranks under every pair of choices and every weighting (a weight of 0 or more
/// for each indicator, not all 0).
///
/// A cell may be empty where an indicator does not concern a municipality: the weights of its other indicators then
/// stand for it. A column is normalised among those that it concerns.
///
/// Errors as [`rank_grid`]; [`Undefined::OutOfRange`] for weights that leave a municipality without any indicator, and
/// for negative components (z-scores) unless aggregated arithmetically.
pub fn rank_ranges(
    matrix: &[Vec<Option<f64>>],
    choices: &[(Normalisation, Aggregation)],
    weightings: &[Vec<f64>],
) -> Result<RankGrid, Undefined> {
    let known = |(normalisation, aggregation): &(Normalisation, Aggregation)| {
        let lower = normalised(matrix, *normalisation)?;
        Ok::<_, Undefined>(Bounded { upper: lower.clone(), lower, aggregation: *aggregation })
    };
    rank_bounds(&choices.iter().map(known).collect::<Result<Vec<_>, _>>()?, weightings)
}

/// [`rank_ranges`] of municipalities that are known only between two ends, under each of `choices`: under every combination,
/// the best rank is 1 and those who are certainly ahead (their least score is above one's greatest), the worst is 1 and
/// those who may be ahead (their greatest is above one's least). Where nothing is open both are the rank itself.
///
/// Scores are sorted, and those ahead found by bisection: n·log n a combination.
///
/// Errors as [`rank_ranges`].
pub fn rank_bounds(choices: &[Bounded], weightings: &[Vec<f64>]) -> Result<RankGrid, Undefined> {
    let size = choices.first().map_or(0, |choice| choice.lower.len());
    // How often each of the ranks was one's best or worst; far fewer numbers than the ranks themselves.
    let mut tally = vec![vec![0_u32; size]; size];
    let mut combinations = 0;
    for Bounded { lower, upper, aggregation } in choices {
        let indicators = lower.first().map_or(0, Vec::len);
        let is_alike = |rows: &Matrix| rows.len() == size && rows.iter().all(|row| row.len() == indicators);
        if !is_alike(lower) || !is_alike(upper) || weightings.iter().any(|w| w.len() != indicators) {
            return Err(Undefined::LengthsDiffer);
        }
        if indicators == 0 {
            return Err(Undefined::NoData);
        }
        let (lower, upper) = (transformed(lower, *aggregation)?, transformed(upper, *aggregation)?);
        for weights in weightings {
            let score = |row: &Vec<Option<f64>>| {
                let pairs = row.iter().zip(weights).filter_map(|(x, w)| Some(((*x)?, *w)).filter(|(_, w)| *w > 0.0));
                (aggregation.of_transformed(pairs) * 1e12).round()
            };
            let least: Vec<f64> = lower.iter().map(score).collect();
            let open = lower.iter().zip(&upper).zip(&least);
            let most: Vec<f64> =
                open.map(|((low, up), least)| if low == up { *least } else { score(up).max(*least) }).collect();
            if least.iter().chain(&most).any(|score| !score.is_finite()) {
                return Err(Undefined::OutOfRange);
            }
            let sorted = |scores: &[f64]| {
                let mut scores = scores.to_vec();
                scores.sort_unstable_by(f64::total_cmp);
                scores
            };
            let (by_least, by_most) = (sorted(&least), sorted(&most));
            let above = |scores: &[f64], own: f64| size - scores.partition_point(|score| *score <= own);
            for ((least, most), tally) in least.iter().zip(&most).zip(&mut tally) {
                let itself = usize::from(most > least);
                tally[above(&by_least, *most)] += 1;
                tally[above(&by_most, *least) - itself] += 1;
            }
            combinations += 1;
        }
    }
    let ranges = tally.iter().map(|tally| range(tally).ok_or(Undefined::NoData)).collect::<Result<Vec<_>, _>>()?;
    if ranges.is_empty() { Err(Undefined::NoData) } else { Ok(RankGrid { combinations, ranges }) }
}

/// The matrix with every column normalised among those that it concerns.
fn normalised(matrix: &[Vec<Option<f64>>], normalisation: Normalisation) -> Result<Matrix, Undefined> {
    let mut rows = matrix.to_vec();
    for j in 0..matrix.first().map_or(0, Vec::len) {
        let column: Vec<f64> = matrix.iter().filter_map(|row| row.get(j).copied().flatten()).collect();
        if column.is_empty() {
            continue;
        }
        let cells = rows.iter_mut().filter_map(|row| row.get_mut(j)).filter(|cell| cell.is_some());
        cells.zip(normalisation.apply(&column)?).for_each(|(cell, x)| *cell = Some(x));
    }
    Ok(rows)
}

/// Every cell made ready for its mean.
fn transformed(rows: &[Vec<Option<f64>>], aggregation: Aggregation) -> Result<Matrix, Undefined> {
    if aggregation != Aggregation::Arithmetic && rows.iter().flatten().flatten().any(|x| *x < 0.0) {
        return Err(Undefined::OutOfRange);
    }
    let cell = |cell: &Option<f64>| cell.map(|x| aggregation.transformed(x));
    Ok(rows.iter().map(|row| row.iter().map(cell).collect()).collect())
}

/// The range of ranks of which each, from 1, came so often.
fn range(tally: &[u32]) -> Option<RankRange> {
    let all: u64 = tally.iter().map(|times| u64::from(*times)).sum();
    // The rank at a place among all of them in order.
    let at = |place: u64| {
        let mut passed = 0;
        let rank = tally.iter().position(|times| {
            passed += u64::from(*times);
            passed > place
        })?;
        u32::try_from(rank + 1).ok()
    };
    let last = all.checked_sub(1)?;
    let middle = f64::midpoint(f64::from(at(last / 2)?), f64::from(at(all / 2)?));
    Some(RankRange { min: at(0)?, median: middle, max: at(last)? })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn everything() -> Choices {
        let normalisations = [Normalisation::MinMax { lower: 0.01, upper: 1.0 }, Normalisation::RankShare];
        let ways = |n: Normalisation| [(n, Aggregation::Arithmetic), (n, Aggregation::Geometric)];
        Choices { ways: normalisations.into_iter().flat_map(ways).collect(), leave_one_out: true }
    }

    fn known(rows: &[Vec<f64>]) -> Vec<Vec<Option<f64>>> {
        rows.iter().map(|row| row.iter().copied().map(Some).collect()).collect()
    }

    #[test]
    fn a_balanced_and_a_lopsided_municipality_change_places() {
        // The third is first in one and last in the other: the arithmetic mean forgives that, the geometric does not.
        let matrix = [[50.0, 50.0], [40.0, 40.0], [100.0, 0.0], [0.0, 60.0]].map(|row| row.to_vec());
        let ranks = |aggregation| {
            let ways = vec![(Normalisation::MinMax { lower: 0.01, upper: 1.0 }, aggregation)];
            let grid = rank_grid(&known(&matrix), &Choices { ways, leave_one_out: false }).unwrap();
            assert_eq!(grid.combinations, 1);
            grid.ranges.iter().map(|range| range.min).collect::<Vec<_>>()
        };
        assert_eq!(ranks(Aggregation::Arithmetic), [1, 2, 3, 3]);
        assert_eq!(ranks(Aggregation::Geometric), [1, 2, 3, 3]);
    }

    #[test]
    fn a_single_indicator_is_not_left_out_and_nothing_has_no_ranks() {
        let single = rank_grid(&known(&[vec![1.0], vec![2.0]]), &everything()).unwrap();
        assert_eq!(single.combinations, 4);
        assert_eq!(single.ranges[0], RankRange { min: 2, median: 2.0, max: 2 });
        assert_eq!(rank_grid(&[], &everything()), Err(Undefined::NoData));
        assert_eq!(rank_grid(&[vec![], vec![]], &everything()), Err(Undefined::NoData));
        assert_eq!(rank_grid(&known(&[vec![1.0], vec![1.0]]), &everything()), Err(Undefined::NoVariation));
        let none = Choices { ways: vec![], ..everything() };
        assert_eq!(rank_grid(&known(&[vec![1.0], vec![2.0]]), &none), Err(Undefined::NoData));
    }

    #[test]
    fn an_indicator_that_does_not_concern_a_municipality_is_made_up_for_by_its_others() {
        let matrix = [vec![Some(1.0), Some(4.0)], vec![Some(3.0), None], vec![Some(2.0), Some(3.0)]];
        let fixed = Normalisation::Fixed { least: 0.0, greatest: 4.0, lower: 0.0, upper: 4.0 };
        let ranks = |weights: Vec<f64>| {
            let grid = rank_ranges(&matrix, &[(fixed, Aggregation::Arithmetic)], &[weights])?;
            Ok(grid.ranges.iter().map(|range| range.min).collect::<Vec<_>>())
        };
        // 2.5, 3 and 2.5.
        assert_eq!(ranks(vec![1.0, 1.0]), Ok(vec![2, 1, 2]));
        assert_eq!(ranks(vec![1.0, 0.0]), Ok(vec![3, 1, 2]));
        assert_eq!(ranks(vec![0.0, 1.0]), Err(Undefined::OutOfRange), "nothing is left of the second");
        assert_eq!(ranks(vec![1.0]), Err(Undefined::LengthsDiffer));
        let open = [[2.0, 3.0], [1.0, 4.0], [3.5, 3.5], [0.0, 0.5]];
        let end = |end: usize| open.iter().map(|ends| vec![Some(ends[end])]).collect();
        let bounded = Bounded { lower: end(0), upper: end(1), aggregation: Aggregation::Arithmetic };
        let grid = rank_bounds(&[bounded], &[vec![1.0]]).unwrap();
        let ranges: Vec<(u32, f64, u32)> =
            grid.ranges.iter().map(|range| (range.min, range.median, range.max)).collect();
        // The second may be first or, but for the last, behind all.
        assert_eq!(ranges, [(2, 2.5, 3), (1, 2.0, 3), (1, 1.5, 2), (4, 4.0, 4)]);
        let negative = rank_ranges(&matrix, &[(Normalisation::ZScore, Aggregation::Geometric)], &[vec![1.0, 1.0]]);
        assert_eq!(negative, Err(Undefined::OutOfRange));
    }

    proptest! {
        #[test]
        fn a_rank_interval_holds_the_rank_of_every_weighting(
            rows in prop::collection::vec(prop::array::uniform3(prop::option::weighted(0.9, 0.0_f64..4.0)), 2..9),
            weightings in prop::collection::vec(prop::array::uniform3(0.01_f64..1.0), 1..9),
        ) {
            let matrix: Vec<Vec<Option<f64>>> =
                rows.iter().filter(|row| row.iter().any(Option::is_some)).map(|row| row.to_vec()).collect();
            let weightings: Vec<Vec<f64>> = weightings.iter().map(|w| w.to_vec()).collect();
            let pairs = [
                (Normalisation::Fixed { least: 0.0, greatest: 4.0, lower: 1.0, upper: 100.0 }, Aggregation::Harmonic),
                (Normalisation::RankShare, Aggregation::Geometric),
            ];
            prop_assume!(!matrix.is_empty());
            let grid = rank_ranges(&matrix, &pairs, &weightings).unwrap();
            prop_assert_eq!(grid.combinations as usize, 2 * weightings.len());
            for weights in &weightings {
                for pair in pairs {
                    let one = rank_ranges(&matrix, &[pair], std::slice::from_ref(weights)).unwrap();
                    for (range, one) in grid.ranges.iter().zip(one.ranges) {
                        prop_assert!(range.min <= one.min && one.max <= range.max);
                    }
                }
            }
        }

        #[test]
        fn who_is_best_in_everything_is_first_whatever_is_chosen(
            rows in prop::collection::vec(prop::array::uniform3(0.0_f64..100.0), 2..12),
        ) {
            let mut matrix: Vec<Vec<f64>> = rows.into_iter().map(|row| row.to_vec()).collect();
            matrix.push(vec![101.0; 3]);
            matrix.push(vec![-1.0; 3]);
            let grid = rank_grid(&known(&matrix), &everything()).unwrap();
            prop_assert_eq!(grid.combinations, 16);
            let n = u32::try_from(matrix.len()).unwrap();
            prop_assert_eq!(grid.ranges[matrix.len() - 2], RankRange { min: 1, median: 1.0, max: 1 });
            prop_assert_eq!(grid.ranges[matrix.len() - 1], RankRange { min: n, median: f64::from(n), max: n });
            for range in grid.ranges {
                prop_assert!(f64::from(range.min) <= range.median && range.median <= f64::from(range.max));
            }
        }
    }
}
