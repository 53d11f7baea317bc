//! The Cochran–Armitage test: does a share rise or fall along ordered groups, such as bands of population?

use super::numeric::check;
use super::{Alternative, Undefined};

/// One of the ordered groups.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Group {
    /// Where it stands: 0, 1, 2 … or a typical value of the band. Chosen before looking at the data.
    pub score: f64,
    /// That answer yes.
    pub successes: u32,
    /// All of the group.
    pub total: u32,
}

/// The result of a Cochran–Armitage test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trend {
    /// Positive where the share rises with the score.
    pub z: f64,
    /// z²: χ² with one degree of freedom.
    pub statistic: f64,
    /// Of the standard normal distribution.
    pub p_value: f64,
}

/// The Cochran–Armitage test for a trend of shares.
///
/// z = Σ sᵢ(xᵢ − nᵢp̄) / √(p̄(1 − p̄)·Σ nᵢ(sᵢ − s̄)²) with p̄ = Σx/N and s̄ = Σ nᵢsᵢ/N: the variance with N, as R's
/// prop.trend.test; statsmodels divides by N − 1. The scores enter as intervals, so p depends on their choice. **Not for
/// a complete census without a chance model**; misuse where groups have no order, and as proof that the trend is a line.
///
/// Cochran, W. G. (1954) Biometrics 10, 417–451; Armitage, P. (1955) Biometrics 11, 375–386.
///
/// [`Undefined::NoData`] for no municipality, [`Undefined::NoVariation`] where all answer alike or all scores of groups
/// that are not empty are equal.
pub fn cochran_armitage(groups: &[Group], side: Alternative) -> Result<Trend, Undefined> {
    check(&groups.iter().map(|group| group.score).collect::<Vec<_>>())?;
    if groups.iter().any(|group| group.successes > group.total) {
        return Err(Undefined::CountExceedsTotal);
    }
    let sum = |part: &dyn Fn(&Group) -> f64| groups.iter().map(part).sum::<f64>();
    let total = sum(&|group| f64::from(group.total));
    let successes = sum(&|group| f64::from(group.successes));
    if total == 0.0 {
        return Err(Undefined::NoData);
    }
    // Scores around their mean: far from 0 their squares would cancel.
    let centre = sum(&|group| f64::from(group.total) * group.score) / total;
    let spread = sum(&|group| f64::from(group.total) * (group.score - centre).powi(2));
    let share = successes / total;
    let scores = || groups.iter().filter(|group| group.total > 0).map(|group| group.score);
    let varies = scores().any(|score| scores().any(|other| other < score));
    if successes == 0.0 || total - successes == 0.0 || !varies {
        return Err(Undefined::NoVariation);
    }
    let rise = sum(&|group| (group.score - centre) * f64::from(group.successes));
    let z = rise / (share * (1.0 - share) * spread).sqrt();
    Ok(Trend { z, statistic: z * z, p_value: side.of_z(z) })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Table, contingency::chi_square};
    use super::*;

    fn groups(rows: &[(f64, u32, u32)]) -> Vec<Group> {
        rows.iter()
            .map(|(score, successes, total)| Group { score: *score, successes: *successes, total: *total })
            .collect()
    }

    #[test]
    fn malformations_rise_with_alcohol_as_printed() {
        // Agresti, A. (2002) Categorical Data Analysis, 2nd ed., sections 3.4.5 and 5.3.5: z² = 6.57.
        let bands = [(0.0, 48, 17114), (0.5, 38, 14502), (1.5, 5, 793), (4.0, 1, 127), (7.0, 1, 38)];
        let trend = cochran_armitage(&groups(&bands), Alternative::Greater).unwrap();
        assert_eq!(format!("{:.2}", trend.statistic), "6.57");
        assert!(trend.z > 0.0 && trend.p_value < 0.006);
    }

    #[test]
    fn without_variation_there_is_no_trend() {
        for rows in [
            &[(0.0, 0, 5), (1.0, 0, 5)],
            &[(0.0, 5, 5), (1.0, 5, 5)],
            &[(2.0, 1, 5), (2.0, 3, 5)],
            &[(0.0, 0, 0), (1.0, 2, 5)],
        ] {
            assert_eq!(cochran_armitage(&groups(rows), Alternative::TwoSided), Err(Undefined::NoVariation));
        }
        assert_eq!(cochran_armitage(&groups(&[(0.0, 0, 0)]), Alternative::TwoSided), Err(Undefined::NoData));
        assert_eq!(cochran_armitage(&groups(&[(0.0, 2, 1)]), Alternative::TwoSided), Err(Undefined::CountExceedsTotal));
    }

    proptest! {
        #[test]
        fn scores_may_be_shifted_and_stretched(
            rows in prop::collection::vec((0_u32..20, 20_u32..40), 2..6), shift in -1e4_f64..1e4, stretch in 0.1_f64..10.0,
        ) {
            let scored = |f: &dyn Fn(f64) -> f64| -> Vec<Group> {
                let scores = (0_u32..).map(|i| f(f64::from(i)));
                rows.iter().zip(scores).map(|((x, n), score)| Group { score, successes: *x, total: *n }).collect()
            };
            let plain = cochran_armitage(&scored(&|s| s), Alternative::TwoSided);
            let moved = cochran_armitage(&scored(&|s| s * stretch + shift), Alternative::TwoSided);
            let turned = cochran_armitage(&scored(&|s| -s), Alternative::TwoSided);
            match plain {
                Err(reason) => prop_assert_eq!(moved, Err(reason)),
                Ok(plain) => {
                    prop_assert!((plain.z - moved.unwrap().z).abs() < 1e-6);
                    prop_assert!((plain.z + turned.unwrap().z).abs() < 1e-9);
                }
            }
        }

        #[test]
        fn over_two_groups_it_is_the_chi_square_test(a in 1_u32..40, b in 1_u32..40, c in 1_u32..40, d in 1_u32..40) {
            let trend = cochran_armitage(&groups(&[(0.0, a, a + b), (1.0, c, c + d)]), Alternative::TwoSided).unwrap();
            let table = chi_square(&Table::new(vec![vec![a, b], vec![c, d]]).unwrap(), false).unwrap();
            prop_assert!((trend.statistic - table.statistic).abs() < 1e-9 * (1.0 + table.statistic));
            prop_assert!((trend.p_value - table.p_value).abs() < 1e-9);
        }
    }
}
