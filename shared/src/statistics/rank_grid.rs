//! 順位の幅: how far a rank by a composite score depends on choices that could have been made otherwise.

use super::aggregation::Aggregation;
use super::ranking::{Order, Ranks};
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
}

impl Normalisation {
    /// Normalises one indicator's values of all municipalities.
    pub fn apply(self, values: &[f64]) -> Result<Vec<f64>, Undefined> {
        match self {
            Self::MinMax { lower, upper } => normalisation::min_max(values, lower, upper),
            Self::RankShare => normalisation::rank_share(values),
        }
    }
}

/// The choices; every combination is tried.
#[derive(Debug, Clone, PartialEq)]
pub struct Choices {
    /// Ways to normalise.
    pub normalisations: Vec<Normalisation>,
    /// Ways to aggregate, with equal weights.
    pub aggregations: Vec<Aggregation>,
    /// Whether each indicator is also left out once.
    pub leave_one_out: bool,
}

/// One municipality's ranks over all combinations; 1 is the highest score, ties share the best rank.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RankRange {
    /// Best.
    pub min: u32,
    /// In the middle.
    pub median: f64,
    /// Worst.
    pub max: u32,
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
/// length, [`Undefined::NoVariation`] where an indicator to be normalised by its extremes is the same everywhere.
pub fn rank_grid(matrix: &[Vec<f64>], choices: &Choices) -> Result<RankGrid, Undefined> {
    let indicators = matrix.first().map_or(0, Vec::len);
    if matrix.iter().any(|row| row.len() != indicators) {
        return Err(Undefined::LengthsDiffer);
    }
    let column = |j: usize| matrix.iter().filter_map(|row| row.get(j).copied()).collect::<Vec<f64>>();
    // Nothing left out, then each once: of a single indicator nothing would be left.
    let leaves = choices.leave_one_out && indicators > 1;
    let left_out = || std::iter::once(None).chain((0..indicators).filter(|_| leaves).map(Some));
    let mut ranks: Vec<Vec<u32>> = vec![Vec::new(); matrix.len()];
    let mut combinations = 0;
    for normalisation in &choices.normalisations {
        let columns: Vec<Vec<f64>> =
            (0..indicators).map(|j| normalisation.apply(&column(j))).collect::<Result<_, _>>()?;
        for aggregation in &choices.aggregations {
            for leave in left_out() {
                let kept: Vec<&[f64]> =
                    columns.iter().enumerate().filter(|(j, _)| Some(*j) != leave).map(|(_, c)| c.as_slice()).collect();
                let order = competition_ranks(&kept, *aggregation)?;
                ranks.iter_mut().zip(order).for_each(|(ranks, rank)| ranks.push(rank));
                combinations += 1;
            }
        }
    }
    let ranges = ranks.into_iter().map(|ranks| range(ranks).ok_or(Undefined::NoData)).collect::<Result<Vec<_>, _>>()?;
    if ranges.is_empty() { Err(Undefined::NoData) } else { Ok(RankGrid { combinations, ranges }) }
}

fn competition_ranks(columns: &[&[f64]], aggregation: Aggregation) -> Result<Vec<u32>, Undefined> {
    let weights = vec![1.0; columns.len()];
    let score = |row: usize| {
        let components: Vec<f64> = columns.iter().filter_map(|column| column.get(row).copied()).collect();
        aggregation.mean(&components, &weights).map(|score| (score * 1e12).round())
    };
    let rows = columns.first().map_or(0, |column| column.len());
    let scores: Vec<f64> = (0..rows).map(score).collect::<Result<_, _>>()?;
    Ok(Ranks::of(&scores, Order::Descending)?.competition)
}

fn range(mut ranks: Vec<u32>) -> Option<RankRange> {
    ranks.sort_unstable();
    let (min, max) = (*ranks.first()?, *ranks.last()?);
    let (lower, upper) = (ranks[(ranks.len() - 1) / 2], ranks[ranks.len() / 2]);
    Some(RankRange { min, median: f64::midpoint(f64::from(lower), f64::from(upper)), max })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn everything() -> Choices {
        Choices {
            normalisations: vec![Normalisation::MinMax { lower: 0.01, upper: 1.0 }, Normalisation::RankShare],
            aggregations: vec![Aggregation::Arithmetic, Aggregation::Geometric],
            leave_one_out: true,
        }
    }

    #[test]
    fn a_balanced_and_a_lopsided_municipality_change_places() {
        // The third is first in one and last in the other: the arithmetic mean forgives that, the geometric does not.
        let matrix = [[50.0, 50.0], [40.0, 40.0], [100.0, 0.0], [0.0, 60.0]].map(|row| row.to_vec());
        let ranks = |aggregation| {
            let choices = Choices {
                normalisations: vec![Normalisation::MinMax { lower: 0.01, upper: 1.0 }],
                aggregations: vec![aggregation],
                leave_one_out: false,
            };
            let grid = rank_grid(&matrix, &choices).unwrap();
            assert_eq!(grid.combinations, 1);
            grid.ranges.iter().map(|range| range.min).collect::<Vec<_>>()
        };
        assert_eq!(ranks(Aggregation::Arithmetic), [1, 2, 3, 3]);
        assert_eq!(ranks(Aggregation::Geometric), [1, 2, 3, 3]);
    }

    #[test]
    fn a_single_indicator_is_not_left_out_and_nothing_has_no_ranks() {
        let single = rank_grid(&[vec![1.0], vec![2.0]], &everything()).unwrap();
        assert_eq!(single.combinations, 4);
        assert_eq!(single.ranges[0], RankRange { min: 2, median: 2.0, max: 2 });
        assert_eq!(rank_grid(&[], &everything()), Err(Undefined::NoData));
        assert_eq!(rank_grid(&[vec![], vec![]], &everything()), Err(Undefined::NoData));
        assert_eq!(rank_grid(&[vec![1.0], vec![1.0]], &everything()), Err(Undefined::NoVariation));
        let none = Choices { normalisations: vec![], ..everything() };
        assert_eq!(rank_grid(&[vec![1.0], vec![2.0]], &none), Err(Undefined::NoData));
    }

    proptest! {
        #[test]
        fn who_is_best_in_everything_is_first_whatever_is_chosen(
            rows in prop::collection::vec(prop::array::uniform3(0.0_f64..100.0), 2..12),
        ) {
            let mut matrix: Vec<Vec<f64>> = rows.into_iter().map(|row| row.to_vec()).collect();
            matrix.push(vec![101.0; 3]);
            matrix.push(vec![-1.0; 3]);
            let grid = rank_grid(&matrix, &everything()).unwrap();
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
