//! Cramér's V: how strongly rows and columns of a table go together, 0 to 1.

use super::numeric::{count, nearest};
use super::{Table, Undefined};

/// V = √(φ² / min(r − 1, c − 1)) with φ² = χ²/N.
///
/// It describes the table at hand, so it may be shown **on a complete census**. In small samples it lies above the
/// population's: with `bias_corrected` φ² is reduced by (r − 1)(c − 1)/(N − 1), not below 0, and r and c by
/// (r − 1)²/(N − 1) and (c − 1)²/(N − 1), which supposes a sample. Misuse for comparing tables of different shape, and
/// as evidence that one thing leads to the other.
///
/// Cramér, H. (1946) Mathematical Methods of Statistics, section 21.9; Bergsma, W. (2013) Journal of the Korean
/// Statistical Society 42, 323–328.
///
/// [`Undefined::EmptyMargin`] where a row or a column is empty, [`Undefined::NoVariation`] for a single row or column
/// or where the correction leaves nothing.
pub fn cramers_v(table: &Table, bias_corrected: bool) -> Result<f64, Undefined> {
    let squared = table.mean_square_contingency()?;
    let (rows, columns) = table.shape();
    let (rows, columns) = (count(rows - 1), count(columns - 1));
    let (squared, least) = if bias_corrected {
        let degrees = nearest(table.total().into()) - 1.0;
        let corrected = |free: f64| free - free * free / degrees;
        ((squared - rows * columns / degrees).max(0.0), corrected(rows).min(corrected(columns)))
    } else {
        (squared, rows.min(columns))
    };
    // One municipality alone leaves no degree of freedom at all: NaN is not greater than 0.
    if least > 0.0 { Ok((squared / least).sqrt().min(1.0)) } else { Err(Undefined::NoVariation) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn v(rows: &[&[u32]], bias_corrected: bool) -> Result<f64, Undefined> {
        cramers_v(&Table::new(rows.iter().map(|row| row.to_vec()).collect()).unwrap(), bias_corrected)
    }

    #[test]
    fn perfect_association_is_1_and_none_is_0() {
        assert!((v(&[&[20, 0], &[0, 20]], false).unwrap() - 1.0).abs() < 1e-12);
        assert!((v(&[&[20, 0], &[0, 20]], true).unwrap() - 1.0).abs() < 1e-12);
        assert!(v(&[&[10, 20], &[20, 40]], false).unwrap() < 1e-12);
    }

    #[test]
    fn a_single_row_has_no_association() {
        assert_eq!(v(&[&[3, 4]], false), Err(Undefined::NoVariation));
        assert_eq!(v(&[&[1, 0], &[0, 1]], true), Err(Undefined::NoVariation));
        assert_eq!(v(&[&[1]], true), Err(Undefined::NoVariation));
        assert_eq!(v(&[&[0, 0], &[3, 4]], false), Err(Undefined::EmptyMargin));
    }

    proptest! {
        #[test]
        fn the_correction_only_takes_away(rows in prop::collection::vec(prop::collection::vec(1_u32..50, 3), 2..5)) {
            let table = Table::new(rows).unwrap();
            let (plain, corrected) = (cramers_v(&table, false).unwrap(), cramers_v(&table, true).unwrap());
            prop_assert!((0.0..=1.0).contains(&plain) && (0.0..=1.0).contains(&corrected));
            prop_assert!(corrected <= plain + 1e-12);
        }
    }
}
