//! Fisher's exact test of a fourfold table.

use super::distribution::Hypergeometric;
use super::numeric::nearest;
use super::{Alternative, Undefined};

/// The result of Fisher's exact test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FisherExact {
    /// The probability, given all four margins, of a table at least as extreme.
    pub p_value: f64,
    /// a·d / b·c of `[[a, b], [c, d]]`; `None` where undefined or infinite.
    pub odds_ratio: Option<f64>,
}

/// Fisher's exact test of `[[a, b], [c, d]]`.
///
/// Given the margins and without a relation, a is hypergeometric. One-sided: P(A ≤ a) for [`Alternative::Less`], P(A ≥ a)
/// for [`Alternative::Greater`]. Two-sided: the probabilities of all tables that are not more probable than the
/// observed one, as in R and scipy. An empty row or column leaves a single table: p = 1.
///
/// The margins are taken as fixed, which no survey fixes: the test is conservative, the more so the smaller the table.
/// **Not for a complete census without a chance model** ([`super::ChanceModel::Exchangeable`] is the one it fits), and
/// misuse for the same municipalities in two years ([`super::mcnemar`]).
///
/// Fisher, R. A. (1935) The Design of Experiments, chapter II.
///
/// [`Undefined::TooLarge`] where more than ten million tables share the margins.
pub fn fisher_exact(table: [[u32; 2]; 2], alternative: Alternative) -> Result<FisherExact, Undefined> {
    let [[a, b], [c, d]] = table;
    let sum = |x: u32, y: u32| u64::from(x) + u64::from(y);
    let tables = Hypergeometric::new(sum(a, b) + sum(c, d), sum(a, b), sum(a, c))?;
    let p_value = match alternative {
        Alternative::TwoSided => tables.not_more_probable_than(a),
        Alternative::Less => tables.at_most(a),
        Alternative::Greater => tables.at_least(a),
    };
    let product = |x: u32, y: u32| nearest(i128::from(x) * i128::from(y));
    let odds_ratio = (b > 0 && c > 0).then(|| product(a, d) / product(b, c));
    let empty_margin = sum(a, b) == 0 || sum(c, d) == 0 || sum(a, c) == 0 || sum(b, d) == 0;
    Ok(FisherExact { p_value, odds_ratio: odds_ratio.filter(|_| !empty_margin) })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SIDES: [Alternative; 3] = [Alternative::TwoSided, Alternative::Less, Alternative::Greater];

    fn p(table: [[u32; 2]; 2], alternative: Alternative) -> f64 {
        fisher_exact(table, alternative).unwrap().p_value
    }

    #[test]
    fn the_lady_tasting_tea() {
        // Fisher (1935), chapter II: three of four cups right has chance 17/70 or better, all four 1/70.
        assert!((p([[3, 1], [1, 3]], Alternative::Greater) - 17.0 / 70.0).abs() < 1e-15);
        assert!((p([[3, 1], [1, 3]], Alternative::TwoSided) - 34.0 / 70.0).abs() < 1e-15);
        assert!((p([[4, 0], [0, 4]], Alternative::Greater) - 1.0 / 70.0).abs() < 1e-15);
    }

    #[test]
    fn convicted_twins() {
        // Fisher, R. A. (1935) JRSS 98, 39–82: 2 of 17 dizygotic, 10 of 13 monozygotic twins: P = 0.000465.
        assert_eq!(format!("{:.6}", p([[2, 15], [10, 3]], Alternative::Less)), "0.000465");
    }

    #[test]
    fn a_table_with_an_empty_margin_is_the_only_one() {
        for table in [[[0, 0], [3, 4]], [[5, 0], [35, 0]], [[0, 0], [0, 0]]] {
            for side in SIDES {
                let result = fisher_exact(table, side).unwrap();
                assert_eq!((result.p_value, result.odds_ratio), (1.0, None));
            }
        }
        assert_eq!(fisher_exact([[0, 10], [6, 24]], Alternative::Less).unwrap().odds_ratio, Some(0.0));
        assert_eq!(fisher_exact([[6, 0], [14, 20]], Alternative::Less).unwrap().odds_ratio, None);
    }

    #[test]
    fn thousands_of_municipalities_neither_overflow_nor_take_long() {
        // Independent rows: the observed table is the most probable one.
        assert!((p([[1000, 3000], [1000, 3000]], Alternative::TwoSided) - 1.0).abs() < 1e-9);
        assert!(p([[4000, 0], [0, 4000]], Alternative::TwoSided) < 1e-300);
        assert_eq!(fisher_exact([[u32::MAX; 2]; 2], Alternative::TwoSided), Err(Undefined::TooLarge));
    }

    proptest! {
        #[test]
        fn turning_the_table_changes_nothing_and_both_sides_overlap_in_the_table_itself(
            cells in prop::array::uniform2(prop::array::uniform2(0_u32..400)),
        ) {
            let [[a, b], [c, d]] = cells;
            for side in SIDES {
                let value = p(cells, side);
                prop_assert!((0.0..=1.0).contains(&value));
                prop_assert!((value - p([[a, c], [b, d]], side)).abs() < 1e-9);
                prop_assert!((value - p([[d, c], [b, a]], side)).abs() < 1e-9);
            }
            prop_assert!((p(cells, Alternative::TwoSided) - p([[b, a], [d, c]], Alternative::TwoSided)).abs() < 1e-9);
            prop_assert!((p(cells, Alternative::Less) - p([[b, a], [d, c]], Alternative::Greater)).abs() < 1e-9);
            prop_assert!(p(cells, Alternative::Less) + p(cells, Alternative::Greater) >= 1.0 - 1e-12);
        }

        #[test]
        fn the_probabilities_are_those_of_counting(n in 1_u32..=8, groups in any::<u8>(), answers in any::<u8>()) {
            // All ways to deal the answers to the municipalities.
            let size = |set: u32| (set & ((1 << n) - 1)).count_ones();
            let (group, answer) = (u32::from(groups) & ((1 << n) - 1), u32::from(answers) & ((1 << n) - 1));
            let a = size(group & answer);
            let deals: Vec<u32> =
                (0..1_u32 << n).filter(|deal| size(*deal) == size(answer)).map(|deal| size(deal & group)).collect();
            let counted = f64::from(u32::try_from(deals.iter().filter(|k| **k >= a).count()).unwrap())
                / f64::from(u32::try_from(deals.len()).unwrap());
            let table = [[a, size(group) - a], [size(answer) - a, n + a - size(group) - size(answer)]];
            prop_assert!((p(table, Alternative::Greater) - counted).abs() < 1e-12);
        }
    }
}
