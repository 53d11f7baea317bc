//! 多重比較: p-values of several tests made together.
//!
//! A test that stands alone with its p-value among many that were made is misuse: all of them go in, also those that
//! found nothing. An adjusted p-value is compared with the same level as a single one would be.

use std::cmp::Ordering;

use super::Undefined;
use super::numeric::count;

/// Holm's step-down adjustment: at level α, the chance of **any** false finding is at most α, however the tests depend.
///
/// The i-th smallest p of m becomes max over j ≤ i of (m − j + 1)·pⱼ, at most 1.
///
/// Holm, S. (1979) Scandinavian Journal of Statistics 6, 65–70.
///
/// In the order of the p-values. [`Undefined::OutOfRange`] for what is no probability.
pub fn holm(p_values: &[f64]) -> Result<Vec<f64>, Undefined> {
    let order = ascending(p_values)?;
    let mut adjusted = vec![0.0; p_values.len()];
    let mut greatest = 0.0_f64;
    for (i, place) in order.iter().enumerate() {
        greatest = greatest.max(count(order.len() - i) * p_values[*place]).min(1.0);
        adjusted[*place] = greatest;
    }
    Ok(adjusted)
}

/// Benjamini and Hochberg's adjustment: at level α, on average at most a share α of **the findings** is false, if the
/// tests are independent or depend positively. Weaker than [`holm`]: for exploring, not for a single claim.
///
/// The i-th smallest p of m becomes min over j ≥ i of m/j·pⱼ, at most 1.
///
/// Benjamini, Y. & Hochberg, Y. (1995) JRSS B 57, 289–300.
///
/// In the order of the p-values. [`Undefined::OutOfRange`] for what is no probability.
pub fn benjamini_hochberg(p_values: &[f64]) -> Result<Vec<f64>, Undefined> {
    let order = ascending(p_values)?;
    let mut adjusted = vec![0.0; p_values.len()];
    let mut least = 1.0_f64;
    for (i, place) in order.iter().enumerate().rev() {
        least = least.min(count(order.len()) / count(i + 1) * p_values[*place]);
        adjusted[*place] = least;
    }
    Ok(adjusted)
}

fn ascending(p_values: &[f64]) -> Result<Vec<usize>, Undefined> {
    if p_values.iter().any(|p| !(0.0..=1.0).contains(p)) {
        return Err(Undefined::OutOfRange);
    }
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|a, b| p_values[*a].partial_cmp(&p_values[*b]).unwrap_or(Ordering::Equal));
    Ok(order)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn benjamini_and_hochberg_s_example_has_the_findings_they_report() {
        // Benjamini & Hochberg (1995), section 3.2: 15 tests; Bonferroni and Holm keep three at 0.05, theirs four.
        let p = [
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
            0.7590, 1.0000,
        ];
        let found = |adjusted: Vec<f64>| adjusted.iter().filter(|p| **p <= 0.05).count();
        assert_eq!((found(holm(&p).unwrap()), found(benjamini_hochberg(&p).unwrap())), (3, 4));
    }

    #[test]
    fn nothing_needs_no_adjustment_and_what_is_no_probability_is_refused() {
        assert_eq!(holm(&[]), Ok(vec![]));
        assert_eq!(benjamini_hochberg(&[0.04]), Ok(vec![0.04]));
        for p in [1.5, -0.1, f64::NAN] {
            assert_eq!(holm(&[p]), Err(Undefined::OutOfRange));
            assert_eq!(benjamini_hochberg(&[p]), Err(Undefined::OutOfRange));
        }
    }

    proptest! {
        #[test]
        fn holm_is_the_stricter_and_neither_makes_a_p_value_smaller(p in prop::collection::vec(0.0_f64..=1.0, 1..30)) {
            let (holm, hochberg) = (holm(&p).unwrap(), benjamini_hochberg(&p).unwrap());
            for i in 0..p.len() {
                prop_assert!(p[i] <= hochberg[i] + 1e-15 && hochberg[i] <= holm[i] + 1e-15 && holm[i] <= 1.0);
                for j in 0..p.len() {
                    prop_assert!(p[i] > p[j] || (holm[i] <= holm[j] && hochberg[i] <= hochberg[j]));
                }
            }
        }
    }
}
