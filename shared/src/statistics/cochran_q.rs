//! Cochran's Q: did the share of the same municipalities differ between several years?

use super::Undefined;
use super::distribution::chi_square_upper;
use super::numeric::nearest;

/// The result of Cochran's Q test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CochranQ {
    /// Q; `None` where every municipality answered the same in all years, or there is one year only.
    pub statistic: Option<f64>,
    /// Years − 1
    pub degrees_of_freedom: u32,
    /// P(Q or more) without a difference between the years.
    pub p_value: Option<f64>,
}

/// Cochran's Q of yes / no answers: one row a municipality, one column a year, all rows of one length.
///
/// Q = (k − 1)·(k·Σ Gⱼ² − (Σ Gⱼ)²) / (k·Σ Lᵢ − Σ Lᵢ²), column sums G and row sums L; χ² with k − 1 degrees of freedom,
/// approximately where enough municipalities changed. Those that answered alike in all years do not count. With two
/// years it is McNemar's test without correction. **Not for a complete census without a chance model**; misuse over a
/// break of the definition, or where the municipalities are not the same.
///
/// Cochran, W. G. (1950) Biometrika 37, 256–266.
///
/// [`Undefined::NoData`] for no municipality or no year.
pub fn cochran_q(answers: &[Vec<bool>]) -> Result<CochranQ, Undefined> {
    let years = answers.first().map_or(0, Vec::len);
    if years == 0 {
        return Err(Undefined::NoData);
    }
    if answers.iter().any(|row| row.len() != years) {
        return Err(Undefined::LengthsDiffer);
    }
    let yes = |cells: &mut dyn Iterator<Item = bool>| cells.map(i128::from).sum::<i128>();
    let rows: Vec<i128> = answers.iter().map(|row| yes(&mut row.iter().copied())).collect();
    let columns = (0..years).map(|j| yes(&mut answers.iter().filter_map(|row| row.get(j).copied())));
    let squares = |sums: &mut dyn Iterator<Item = i128>| sums.map(|sum| sum * sum).sum::<i128>();
    let degrees_of_freedom = u32::try_from(years - 1).map_err(|_| Undefined::TooLarge)?;
    let (k, total) = (i128::from(degrees_of_freedom) + 1, rows.iter().sum::<i128>());
    let numerator = (k - 1) * (k * squares(&mut columns.into_iter()) - total * total);
    let denominator = k * total - squares(&mut rows.iter().copied());
    let statistic = (denominator > 0).then(|| nearest(numerator) / nearest(denominator));
    Ok(CochranQ { statistic, degrees_of_freedom, p_value: statistic.map(|q| chi_square_upper(q, degrees_of_freedom)) })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::mcnemar::Changes;
    use super::*;

    #[test]
    fn four_culture_media_differ_as_printed() {
        // Cochran (1950), table 1: 69 specimens on media A–D; Q = 8.05 with 3 degrees of freedom.
        let pattern = |cells: [u8; 4], times: usize| vec![cells.map(|c| c == 1).to_vec(); times];
        let answers = [
            pattern([1, 1, 1, 1], 4),
            pattern([1, 1, 0, 1], 2),
            pattern([0, 1, 1, 1], 3),
            pattern([0, 1, 0, 1], 1),
            pattern([0, 0, 0, 0], 59),
        ]
        .concat();
        let result = cochran_q(&answers).unwrap();
        assert_eq!(result.degrees_of_freedom, 3);
        assert_eq!(format!("{:.2}", result.statistic.unwrap()), "8.05");
    }

    #[test]
    fn where_nobody_changed_there_is_no_statistic() {
        let result = cochran_q(&[vec![true, true], vec![false, false]]).unwrap();
        assert_eq!((result.statistic, result.degrees_of_freedom, result.p_value), (None, 1, None));
        assert_eq!(cochran_q(&[]), Err(Undefined::NoData));
        assert_eq!(cochran_q(&[vec![true, false], vec![true]]), Err(Undefined::LengthsDiffer));
    }

    proptest! {
        #[test]
        fn over_two_years_it_is_mcnemar_s_test(answers in prop::collection::vec(prop::array::uniform2(any::<bool>()), 1..60)) {
            let changed = |from: bool| u32::try_from(answers.iter().filter(|a| **a == [from, !from]).count()).unwrap();
            let changes = Changes { stopped: changed(true), started: changed(false) };
            let rows: Vec<Vec<bool>> = answers.iter().map(|a| a.to_vec()).collect();
            let q = cochran_q(&rows).unwrap();
            match changes.chi_square(false) {
                None => prop_assert_eq!(q.statistic, None),
                Some(mcnemar) => prop_assert!((q.p_value.unwrap() - mcnemar.p_value).abs() < 1e-12),
            }
        }
    }
}
