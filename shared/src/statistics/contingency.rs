//! クロス表 as counts, and Pearson's χ² test of independence.
//!
//! **Not for a complete census without a chance model** ([`super::ChanceModel::check_test`]), and misuse for multiple
//! answers (a municipality is in several cells), for population-weighted counts, and for the same municipalities in two
//! years ([`super::mcnemar`]).

use super::Undefined;
use super::distribution::chi_square_upper;
use super::numeric::nearest;

/// A table of counts with at least one cell and rows of one length; every municipality is in exactly one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    rows: Vec<Vec<u32>>,
    row_sums: Vec<u64>,
    column_sums: Vec<u64>,
    total: u64,
}

impl Table {
    /// [`Undefined::NoData`] for no cell, [`Undefined::LengthsDiffer`] for rows of different length.
    pub fn new(rows: Vec<Vec<u32>>) -> Result<Self, Undefined> {
        let columns = rows.first().map_or(0, Vec::len);
        if columns == 0 {
            return Err(Undefined::NoData);
        }
        if rows.iter().any(|row| row.len() != columns) {
            return Err(Undefined::LengthsDiffer);
        }
        let sum = |cells: &mut dyn Iterator<Item = u32>| cells.map(u64::from).sum::<u64>();
        let row_sums: Vec<u64> = rows.iter().map(|row| sum(&mut row.iter().copied())).collect();
        let column_sums = (0..columns).map(|j| sum(&mut rows.iter().filter_map(|row| row.get(j).copied()))).collect();
        let total = row_sums.iter().sum();
        Ok(Self { rows, row_sums, column_sums, total })
    }

    /// Rows and columns.
    pub fn shape(&self) -> (usize, usize) {
        (self.row_sums.len(), self.column_sums.len())
    }

    /// All that are counted.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// What independence of rows and columns would lead to expect: row sum × column sum / total.
    ///
    /// [`Undefined::EmptyMargin`] where a row or a column is empty.
    pub fn expected(&self) -> Result<Vec<Vec<f64>>, Undefined> {
        if self.row_sums.contains(&0) || self.column_sums.contains(&0) {
            return Err(Undefined::EmptyMargin);
        }
        let cell = |row: u64, column: u64| nearest(i128::from(row) * i128::from(column)) / nearest(self.total.into());
        let columns = |row: u64| self.column_sums.iter().map(move |column| cell(row, *column)).collect();
        Ok(self.row_sums.iter().map(|row| columns(*row)).collect())
    }

    /// Σ (O − E)² / E. Where `yates`, |O − E| is reduced by half a count, by no more than there is.
    fn statistic(&self, expected: &[Vec<f64>], yates: bool) -> f64 {
        let cells = self.rows.iter().flatten().zip(expected.iter().flatten());
        cells
            .map(|(observed, expected)| {
                let distance = (f64::from(*observed) - expected).abs();
                let distance = if yates { (distance - 0.5).max(0.0) } else { distance };
                distance * distance / expected
            })
            .sum()
    }

    /// χ²/N without correction: Pearson's φ².
    pub(super) fn mean_square_contingency(&self) -> Result<f64, Undefined> {
        Ok(self.statistic(&self.expected()?, false) / nearest(self.total.into()))
    }
}

/// The result of a χ² test.
#[derive(Debug, Clone, PartialEq)]
pub struct ChiSquare {
    /// χ²
    pub statistic: f64,
    /// (rows − 1)·(columns − 1)
    pub degrees_of_freedom: u32,
    /// P(χ² or more) if rows and columns are independent.
    pub p_value: f64,
    /// Expected counts, row by row.
    pub expected: Vec<Vec<f64>>,
}

impl ChiSquare {
    /// Whether the approximation may be relied on: no expected count below 1 and at most a fifth below 5 (Cochran, W. G.
    /// (1954) Biometrics 10, 417–451). Otherwise a fourfold table has [`super::fisher`], a larger one no test here.
    pub fn is_reliable(&self) -> bool {
        let cells = || self.expected.iter().flatten();
        cells().all(|e| *e >= 1.0) && 5 * cells().filter(|e| **e < 5.0).count() <= cells().count()
    }
}

/// Pearson's χ² test of independence.
///
/// χ² = Σ (O − E)²/E with (r − 1)(c − 1) degrees of freedom. `yates` corrects for continuity and has an effect on
/// fourfold tables only; as in scipy the 0.5 is limited to |O − E|. A single row or column has no degree of freedom:
/// statistic 0, p 1. The p-value is an approximation; see [`ChiSquare::is_reliable`].
///
/// Pearson, K. (1900) Philosophical Magazine 50, 157–175; Yates, F. (1934) Supplement to JRSS 1, 217–235.
///
/// [`Undefined::EmptyMargin`] where a row or a column is empty.
pub fn chi_square(table: &Table, yates: bool) -> Result<ChiSquare, Undefined> {
    let expected = table.expected()?;
    let (rows, columns) = table.shape();
    let degrees_of_freedom = u32::try_from((rows - 1) * (columns - 1)).map_err(|_| Undefined::TooLarge)?;
    let statistic = match degrees_of_freedom {
        0 => 0.0,
        degrees => table.statistic(&expected, yates && degrees == 1),
    };
    Ok(ChiSquare { statistic, degrees_of_freedom, p_value: chi_square_upper(statistic, degrees_of_freedom), expected })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn table(rows: &[&[u32]]) -> Table {
        Table::new(rows.iter().map(|row| row.to_vec()).collect()).unwrap()
    }

    #[test]
    fn gender_and_party_are_as_dependent_as_printed() {
        // Agresti, A. (2007) An Introduction to Categorical Data Analysis, 2nd ed., table 2.5: X² = 30.1, df = 2.
        let result = chi_square(&table(&[&[762, 327, 468], &[484, 239, 477]]), false).unwrap();
        assert_eq!(format!("{:.1}", result.statistic), "30.1");
        assert_eq!(result.degrees_of_freedom, 2);
        assert!(result.p_value < 0.0001 && result.is_reliable());
        assert_eq!(format!("{:.1}", result.expected[0][0]), "703.7");
    }

    #[test]
    fn the_correction_never_turns_a_distance_round() {
        // Every |O − E| is 0.25: the correction takes it away entirely.
        let result = chi_square(&table(&[&[1, 2], &[2, 3]]), true).unwrap();
        assert_eq!((result.statistic, result.p_value), (0.0, 1.0));
        assert!(!result.is_reliable());
    }

    #[test]
    fn an_empty_row_is_no_group_and_one_row_has_nothing_to_depend_on() {
        assert_eq!(chi_square(&table(&[&[0, 0], &[1, 2]]), false), Err(Undefined::EmptyMargin));
        let single = chi_square(&table(&[&[3, 4]]), false).unwrap();
        assert_eq!((single.statistic, single.degrees_of_freedom, single.p_value), (0.0, 0, 1.0));
        assert_eq!(Table::new(vec![]), Err(Undefined::NoData));
        assert_eq!(Table::new(vec![vec![1, 2], vec![3]]), Err(Undefined::LengthsDiffer));
    }

    proptest! {
        #[test]
        fn the_test_does_not_know_rows_from_columns(
            cells in prop::collection::vec(prop::collection::vec(1_u32..60, 3), 2..5), yates in any::<bool>(),
        ) {
            let turned = (0..3).map(|j| cells.iter().map(|row| row[j]).collect()).collect();
            let (one, other) = (Table::new(cells).unwrap(), Table::new(turned).unwrap());
            let (one, other) = (chi_square(&one, yates).unwrap(), chi_square(&other, yates).unwrap());
            prop_assert!((0.0..=1.0).contains(&one.p_value) && one.statistic >= 0.0);
            prop_assert!((one.statistic - other.statistic).abs() <= 1e-9 * (1.0 + one.statistic));
            prop_assert!((one.p_value - other.p_value).abs() < 1e-9);
        }

        #[test]
        fn the_correction_makes_a_fourfold_table_less_extreme(cells in prop::array::uniform2(prop::array::uniform2(1_u32..60))) {
            let table = Table::new(cells.iter().map(|row| row.to_vec()).collect()).unwrap();
            let (plain, corrected) = (chi_square(&table, false).unwrap(), chi_square(&table, true).unwrap());
            prop_assert!(corrected.p_value >= plain.p_value);
        }
    }
}
