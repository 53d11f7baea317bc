//! 順位の幅: the ranks that other weights, scales and means would give.

use super::scale::ScaleKind;
use super::stages::Stages;
use super::weights::Weights;
use crate::random::uniform;
use crate::statistics::Undefined;
use crate::statistics::aggregation::Aggregation;
use crate::statistics::rank_grid::{Choices, Normalisation, RankGrid, rank_grid, rank_ranges};

/// So many weightings are drawn.
pub const WEIGHTINGS: usize = 2000;
/// The seed that is used unless another one is asked for.
pub const SEED: u64 = 2026;

/// Every pair of scale and mean that there is: z-scores are negative and have an arithmetic mean only.
pub fn choices() -> Vec<(Normalisation, Aggregation)> {
    let means = |kind: ScaleKind| match kind {
        ScaleKind::ZScore => &[Aggregation::Arithmetic][..],
        ScaleKind::Stage | ScaleKind::MinMax | ScaleKind::Rank => {
            &[Aggregation::Arithmetic, Aggregation::Geometric, Aggregation::Harmonic][..]
        }
    };
    ScaleKind::ALL
        .into_iter()
        .flat_map(|kind| means(kind).iter().map(move |mean| (kind.normalisation(), *mean)))
        .collect()
}

/// Ranks the municipalities (rows; an area's stages each, `None` where it does not concern one) over `weightings` drawn
/// from `seed`, under every pair of [`choices`], by what is confirmed.
///
/// Areas in which nobody differs tell nobody apart and are left out. The intervals follow from the seed: the same seed
/// draws the same weightings on every machine.
///
/// [`Undefined::NoVariation`] where no area differs, [`Undefined::NoData`] without a municipality or an area, and
/// where none of the areas that differ concerns one of them.
pub fn rank_intervals(
    stages: &[Vec<Option<Stages>>],
    weights: &Weights,
    seed: u64,
    weightings: usize,
) -> Result<RankGrid, Undefined> {
    let Differing { areas, matrix } = differing(stages)?;
    let mut uniform = uniform(seed);
    let drawn: Vec<Vec<f64>> = (0..weightings)
        .map(|_| {
            let all = weights.draw(&mut uniform);
            areas.iter().filter_map(|j| all.get(*j).copied()).collect()
        })
        .collect();
    rank_ranges(&matrix, &choices(), &drawn)
}

/// The same with all areas of the same weight, and with each of them left out once: how much a rank hangs on one area.
///
/// Errors as [`rank_intervals`]; [`Undefined::OutOfRange`] where leaving one out leaves a municipality without any.
pub fn ranks_without_one_area(stages: &[Vec<Option<Stages>>]) -> Result<RankGrid, Undefined> {
    rank_grid(&differing(stages)?.matrix, &Choices { ways: choices(), leave_one_out: true })
}

/// The areas in which anybody differs, and everybody's confirmed stages in them.
struct Differing {
    areas: Vec<usize>,
    matrix: Vec<Vec<Option<f64>>>,
}

fn differing(stages: &[Vec<Option<Stages>>]) -> Result<Differing, Undefined> {
    let all = stages.first().map_or(0, Vec::len);
    if all == 0 {
        return Err(Undefined::NoData);
    }
    let confirmed = |row: &Vec<Option<Stages>>, j: usize| row.get(j).copied().flatten().map(Stages::lower);
    let differs = |j: usize| {
        let column: Vec<f64> = stages.iter().filter_map(|row| confirmed(row, j)).collect();
        column.windows(2).any(|pair| (pair[0] - pair[1]).abs() > 1e-12)
    };
    let areas: Vec<usize> = (0..all).filter(|j| differs(*j)).collect();
    if areas.is_empty() {
        return Err(Undefined::NoVariation);
    }
    // None of the areas that differ concerns it: it cannot be ranked, and the others not beside it.
    if stages.iter().any(|row| areas.iter().all(|j| confirmed(row, *j).is_none())) {
        return Err(Undefined::NoData);
    }
    let matrix = stages.iter().map(|row| areas.iter().map(|j| confirmed(row, *j)).collect()).collect();
    Ok(Differing { areas, matrix })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::weights::samples::equal;
    use super::*;

    fn at(sums: &[u32]) -> Vec<Option<Stages>> {
        sums.iter().map(|sum| Some(Stages { sum: *sum, confirmed: 4, undetermined: 0 })).collect()
    }

    #[test]
    fn who_is_ahead_in_everything_is_first_and_opposites_change_places() {
        let rows = [at(&[12, 12, 12]), at(&[10, 2, 6]), at(&[2, 10, 6]), at(&[0, 0, 0])];
        let grid = rank_intervals(&rows, &equal(&[2, 1]), SEED, 200).unwrap();
        let ranges: Vec<(u32, u32)> = grid.ranges.iter().map(|range| (range.min, range.max)).collect();
        assert_eq!(ranges, [(1, 1), (2, 3), (2, 3), (4, 4)]);
        assert_eq!(grid.combinations, 200 * 10);
    }

    #[test]
    fn leaving_one_area_out_shows_which_rank_hangs_on_it() {
        let rows = [at(&[12, 0, 8]), at(&[4, 8, 8]), at(&[0, 4, 8])];
        let grid = ranks_without_one_area(&rows).unwrap();
        // The third area tells nobody apart: both that do are kept, and each is left out once.
        assert_eq!(grid.combinations, 3 * 10);
        let ranges: Vec<(u32, u32)> = grid.ranges.iter().map(|range| (range.min, range.max)).collect();
        assert_eq!((ranges[0].0, ranges[0].1), (1, 3));
        assert!(ranges[1].0 == 1 && ranges[1].1 <= 2 && ranges[2].1 == 3, "{ranges:?}");
        let lone = [at(&[12, 0]), vec![at(&[4])[0], None], at(&[0, 4])];
        assert_eq!(ranks_without_one_area(&lone), Err(Undefined::OutOfRange));
    }

    #[test]
    fn ties_everywhere_and_nothing_at_all_have_no_interval() {
        let none = rank_intervals(&[at(&[4, 4]), at(&[4, 4])], &equal(&[2]), SEED, 10);
        assert_eq!(none, Err(Undefined::NoVariation));
        assert_eq!(rank_intervals(&[], &equal(&[2]), SEED, 10), Err(Undefined::NoData));
        assert_eq!(rank_intervals(&[vec![None, None]], &equal(&[2]), SEED, 10), Err(Undefined::NoVariation));
        // An area in which nobody differs is left out, and whom only that one concerns cannot be ranked.
        let rows = [at(&[4, 2]), at(&[4, 3]), vec![at(&[4])[0], None]];
        assert_eq!(rank_intervals(&rows, &equal(&[2]), SEED, 10), Err(Undefined::NoData));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn the_same_seed_gives_the_same_intervals_and_more_weightings_never_narrower_ones(
            sums in prop::collection::vec(prop::array::uniform3(0_u32..=16), 2..7), seed in any::<u64>(),
        ) {
            let rows: Vec<_> = sums.iter().map(|sums| at(sums)).collect();
            let weights = equal(&[2, 1]);
            let few = rank_intervals(&rows, &weights, seed, 20);
            prop_assert_eq!(&few, &rank_intervals(&rows, &weights, seed, 20));
            let many = rank_intervals(&rows, &weights, seed, 40);
            prop_assert_eq!(few.is_ok(), many.is_ok());
            if let (Ok(few), Ok(many)) = (few, many) {
                for (few, many) in few.ranges.iter().zip(&many.ranges) {
                    prop_assert!(many.min <= few.min && few.max <= many.max);
                    prop_assert!(many.min >= 1 && many.max as usize <= rows.len());
                }
            }
        }
    }
}
