//! 順位の幅: the ranks that other weights, scales and means would give.

use super::scale::{Scale, ScaleKind};
use super::stages::Stages;
use super::weights::Weights;
use crate::random::uniform;
use crate::statistics::Undefined;
use crate::statistics::aggregation::Aggregation;
use crate::statistics::rank_grid::{Bounded, Matrix, RankGrid, equal_weights, rank_bounds};

/// So many weightings are drawn.
pub const WEIGHTINGS: usize = 2000;
/// The seed that is used unless another one is asked for.
pub const SEED: u64 = 2026;

/// Every pair of scale and mean that there is: z-scores are negative and have an arithmetic mean only.
pub fn choices() -> Vec<(ScaleKind, Aggregation)> {
    let means = |kind: ScaleKind| match kind {
        ScaleKind::ZScore => &[Aggregation::Arithmetic][..],
        ScaleKind::Stage | ScaleKind::MinMax | ScaleKind::Rank => {
            &[Aggregation::Arithmetic, Aggregation::Geometric, Aggregation::Harmonic][..]
        }
    };
    ScaleKind::ALL.into_iter().flat_map(|kind| means(kind).iter().map(move |mean| (kind, *mean))).collect()
}

/// Ranks the municipalities (rows; an area's stages each, `None` where it does not concern one) over `weightings` drawn
/// from `seed`, under every pair of [`choices`], with what is undetermined anywhere from stage 0 to stage 4
/// ([`rank_bounds`]): who leaves much open has a wide interval, not a low one. Scales are made of what is confirmed, as for
/// scores.
///
/// Areas in which nobody differs tell nobody apart and are left out. The intervals follow from the seed: the same seed
/// draws the same weightings on every machine.
///
/// [`Undefined::NoVariation`] where nobody differs in what is confirmed, [`Undefined::NoData`] without a municipality or an
/// area, and where none of the areas in which that differs concerns one of them.
pub fn rank_intervals(
    stages: &[Vec<Option<Stages>>],
    weights: &Weights,
    seed: u64,
    weightings: usize,
) -> Result<RankGrid, Undefined> {
    let areas = differing(stages)?;
    let mut uniform = uniform(seed);
    let drawn: Vec<Vec<f64>> = (0..weightings)
        .map(|_| {
            let all = weights.draw(&mut uniform);
            areas.iter().filter_map(|j| all.get(*j).copied()).collect()
        })
        .collect();
    rank_bounds(&scaled(stages, &areas)?, &drawn)
}

/// The same with all areas of the same weight, and with each of them left out once: how much a rank hangs on one area.
///
/// Errors as [`rank_intervals`]; [`Undefined::OutOfRange`] where leaving one out leaves a municipality without any.
pub fn ranks_without_one_area(stages: &[Vec<Option<Stages>>]) -> Result<RankGrid, Undefined> {
    let areas = differing(stages)?;
    rank_bounds(&scaled(stages, &areas)?, &equal_weights(areas.len(), true))
}

/// The areas in which anybody differs, in what is confirmed or in what is possible.
fn differing(stages: &[Vec<Option<Stages>>]) -> Result<Vec<usize>, Undefined> {
    let all = stages.first().map_or(0, Vec::len);
    if all == 0 {
        return Err(Undefined::NoData);
    }
    let differs = |j: usize, end: fn(Stages) -> f64| {
        let column: Vec<f64> = column(stages, j).map(end).collect();
        column.windows(2).any(|pair| (pair[0] - pair[1]).abs() > 1e-12)
    };
    let confirmed: Vec<usize> = (0..all).filter(|j| differs(*j, Stages::lower)).collect();
    if confirmed.is_empty() {
        return Err(Undefined::NoVariation);
    }
    // None of the areas that differ concerns it: it cannot be ranked, and the others not beside it.
    let concerns = |row: &Vec<Option<Stages>>, j: usize| row.get(j).copied().flatten().is_some();
    if stages.iter().any(|row| confirmed.iter().all(|j| !concerns(row, *j))) {
        return Err(Undefined::NoData);
    }
    Ok((0..all).filter(|j| confirmed.contains(j) || differs(*j, Stages::upper)).collect())
}

/// The areas' stages that concern anybody.
fn column(stages: &[Vec<Option<Stages>>], j: usize) -> impl Iterator<Item = Stages> {
    stages.iter().filter_map(move |row| row.get(j).copied().flatten())
}

/// The areas on every scale, with every mean. An area in which all are confirmed alike has no place on a scale that lives
/// on differences, and is left out there as it is from scores.
fn scaled(stages: &[Vec<Option<Stages>>], areas: &[usize]) -> Result<Vec<Bounded>, Undefined> {
    let on = |kind: ScaleKind| {
        let scale = |j: &usize| match Scale::of(kind, &column(stages, *j).map(Stages::lower).collect::<Vec<_>>()) {
            Err(Undefined::NoVariation) => Ok(None),
            found => found.map(Some),
        };
        let scales: Vec<Option<Scale>> = areas.iter().map(scale).collect::<Result<_, _>>()?;
        let matrix = |end: fn(Stages) -> f64| -> Matrix {
            let cell = |row: &Vec<Option<Stages>>, (j, scale): (&usize, &Option<Scale>)| {
                Some(scale.as_ref()?.at(end(row.get(*j).copied().flatten()?)))
            };
            stages.iter().map(|row| areas.iter().zip(&scales).map(|place| cell(row, place)).collect()).collect()
        };
        Ok::<_, Undefined>((kind, [matrix(Stages::lower), matrix(Stages::upper)]))
    };
    let scaled: Vec<(ScaleKind, [Matrix; 2])> = ScaleKind::ALL.into_iter().map(on).collect::<Result<_, _>>()?;
    let bounded = |(kind, aggregation): (ScaleKind, Aggregation)| {
        let (_, [lower, upper]) = scaled.iter().find(|(of, _)| *of == kind)?;
        Some(Bounded { lower: lower.clone(), upper: upper.clone(), aggregation })
    };
    Ok(choices().into_iter().filter_map(bounded).collect())
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
    fn who_leaves_much_open_has_a_wide_interval_and_not_a_low_one() {
        let open = Stages { sum: 0, confirmed: 0, undetermined: 4 };
        let rows = [at(&[12, 12]), at(&[8, 8]), vec![Some(open); 2], at(&[4, 4])];
        let ranges = |grid: RankGrid| grid.ranges.iter().map(|range| (range.min, range.max)).collect::<Vec<_>>();
        for grid in [rank_intervals(&rows, &equal(&[2]), SEED, 50), ranks_without_one_area(&rows)] {
            // Blank everywhere: from the first place to the last; the others may have it before them or not.
            assert_eq!(ranges(grid.unwrap()), [(1, 2), (2, 3), (1, 4), (3, 4)]);
        }
        let closed = [at(&[12, 12]), at(&[8, 8]), at(&[0, 0]), at(&[4, 4])];
        let grid = rank_intervals(&closed, &equal(&[2]), SEED, 50).unwrap();
        assert_eq!(ranges(grid), [(1, 1), (2, 2), (4, 4), (3, 3)]);
        // All are confirmed alike in the second area: it counts on the scale of stages, for what is open in it.
        let rows = [at(&[12, 0]), vec![at(&[8])[0], Some(open)], at(&[4, 0])];
        let grid = rank_intervals(&rows, &equal(&[2]), SEED, 50).unwrap();
        assert_eq!(ranges(grid)[1], (1, 2));
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
        fn what_is_open_widens_an_interval_and_never_moves_it(
            areas in prop::collection::vec(prop::array::uniform3((0_u32..=8, 0_u32..=2)), 2..7), seed in any::<u64>(),
        ) {
            let stages = |(sum, undetermined): (u32, u32), left: u32| {
                Some(Stages { sum, confirmed: 2 + undetermined - left, undetermined: left })
            };
            let open: Vec<_> = areas.iter().map(|row| row.map(|area| stages(area, area.1)).to_vec()).collect();
            let closed: Vec<_> = areas.iter().map(|row| row.map(|area| stages(area, 0)).to_vec()).collect();
            let of = |rows: &[Vec<Option<Stages>>]| rank_intervals(rows, &equal(&[2, 1]), seed, 20);
            let (open, closed) = (of(&open), of(&closed));
            prop_assert_eq!(open.is_ok(), closed.is_ok());
            if let (Ok(open), Ok(closed)) = (open, closed) {
                for (open, closed) in open.ranges.iter().zip(&closed.ranges) {
                    prop_assert!(open.min <= closed.min && closed.max <= open.max);
                    prop_assert!(open.min >= 1 && open.max as usize <= areas.len());
                }
            }
        }

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
