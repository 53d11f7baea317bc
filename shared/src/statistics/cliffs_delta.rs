//! Cliff's δ: how far one of two groups stands above the other, −1 to 1.

use super::mann_whitney::mann_whitney;
use super::numeric::count;
use super::{Alternative, Method, Undefined};

/// The size of a difference between two groups.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CliffsDelta {
    /// P(x > y) − P(x < y) for one municipality of each group.
    pub delta: f64,
    /// P(x > y) + P(x = y)/2
    pub probability_of_superiority: f64,
}

/// δ = 2U/(n₁n₂) − 1 with Mann and Whitney's U.
///
/// It describes the two groups at hand and needs no chance: it may be shown **on a complete census**, where it says what
/// a p-value cannot. Uses the order of the values only, so stages may go in. Misuse: calling it small or large by a
/// table of thresholds instead of saying what was compared.
///
/// Cliff, N. (1993) Psychological Bulletin 114, 494–509.
///
/// [`Undefined::NoData`] for an empty group.
pub fn cliffs_delta(x: &[f64], y: &[f64]) -> Result<CliffsDelta, Undefined> {
    let test = mann_whitney(x, y, Alternative::TwoSided, Method::Asymptotic { continuity: false })?;
    let superiority = test.u / (count(x.len()) * count(y.len()));
    Ok(CliffsDelta { delta: 2.0 * superiority - 1.0, probability_of_superiority: superiority })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_extremes_are_complete_separation() {
        let found = |delta: f64, superiority: f64| Ok(CliffsDelta { delta, probability_of_superiority: superiority });
        assert_eq!(cliffs_delta(&[3.0, 4.0], &[1.0, 2.0]), found(1.0, 1.0));
        assert_eq!(cliffs_delta(&[1.0], &[2.0, 3.0]), found(-1.0, 0.0));
        assert_eq!(cliffs_delta(&[2.0; 3], &[2.0; 2]), found(0.0, 0.5));
        assert_eq!(cliffs_delta(&[], &[1.0]), Err(Undefined::NoData));
    }

    proptest! {
        #[test]
        fn it_is_what_counting_pairs_gives(x in prop::collection::vec(0_i8..5, 1..20), y in prop::collection::vec(0_i8..5, 1..20)) {
            let pairs = x.iter().flat_map(|x| y.iter().map(move |y| f64::from((x - y).signum())));
            let counted = pairs.sum::<f64>() / (count(x.len()) * count(y.len()));
            let [x, y] = [x, y].map(|group| group.into_iter().map(f64::from).collect::<Vec<_>>());
            prop_assert!((cliffs_delta(&x, &y).unwrap().delta - counted).abs() < 1e-12);
        }
    }
}
