//! 合成: several components of a score made one.
//!
//! A choice, not a fact: how far a weakness may be made up by a strength elsewhere, entirely (arithmetic), partly
//! (geometric) or hardly (harmonic). Describes, **complete census** or not.

use super::Undefined;
use super::numeric::check_weights;

/// How components are made one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aggregation {
    /// Σ wx / Σ w
    Arithmetic,
    /// exp(Σ w·ln x / Σ w); 0 where a component is 0.
    Geometric,
    /// Σ w / Σ (w/x); 0 where a component is 0.
    Harmonic,
}

impl Aggregation {
    /// The weighted mean of the components. Components of weight 0 do not matter.
    ///
    /// Hardy, G. H., Littlewood, J. E. & Pólya, G. (1934) Inequalities, chapter II: never harmonic > geometric >
    /// arithmetic.
    ///
    /// [`Undefined::NoData`] for no component, [`Undefined::OutOfRange`] for a negative weight, weights that are all 0,
    /// or, unless arithmetic, a negative component: z-scores have no geometric mean.
    pub fn mean(self, components: &[f64], weights: &[f64]) -> Result<f64, Undefined> {
        check_weights(components, weights)?;
        let pairs = || components.iter().zip(weights).filter(|(_, w)| **w > 0.0);
        if self != Self::Arithmetic && pairs().any(|(x, _)| *x < 0.0) {
            return Err(Undefined::OutOfRange);
        }
        Ok(self.of_transformed(pairs().map(|(x, w)| (self.transformed(*x), *w))))
    }

    /// x, ln x or 1/x: all three are means of transformed components, transformed back (quasi-arithmetic means).
    pub(super) fn transformed(self, component: f64) -> f64 {
        match self {
            Self::Arithmetic => component,
            Self::Geometric => component.ln(),
            Self::Harmonic => component.recip(),
        }
    }

    /// The mean of components that were [`transformed`](Self::transformed), each with a weight above 0. A component of 0
    /// is −∞ or ∞ here, and makes the mean 0.
    pub(super) fn of_transformed(self, pairs: impl Iterator<Item = (f64, f64)>) -> f64 {
        let (sum, weights) = pairs.fold((0.0, 0.0), |(sum, weights), (x, w)| (sum + w * x, weights + w));
        match self {
            Self::Arithmetic => sum / weights,
            Self::Geometric => (sum / weights).exp(),
            Self::Harmonic => weights / sum,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ALL: [Aggregation; 3] = [Aggregation::Harmonic, Aggregation::Geometric, Aggregation::Arithmetic];

    #[test]
    fn one_and_four_and_sixteen() {
        let [harmonic, geometric, arithmetic] = ALL.map(|kind| kind.mean(&[1.0, 4.0, 16.0], &[1.0; 3]).unwrap());
        assert!((harmonic - 16.0 / 7.0).abs() < 1e-12);
        assert!((geometric - 4.0).abs() < 1e-12);
        assert!((arithmetic - 7.0).abs() < 1e-12);
    }

    #[test]
    fn zero_cannot_be_made_up_for_and_less_has_no_product() {
        let means = |components: &[f64]| ALL.map(|kind| kind.mean(components, &[1.0, 2.0]));
        assert_eq!(means(&[0.0, 3.0]), [Ok(0.0), Ok(0.0), Ok(2.0)]);
        assert_eq!(means(&[-3.0, 3.0]), [Err(Undefined::OutOfRange), Err(Undefined::OutOfRange), Ok(1.0)]);
        assert_eq!(Aggregation::Geometric.mean(&[0.0, 4.0], &[0.0, 1.0]), Ok(4.0));
        assert_eq!(Aggregation::Arithmetic.mean(&[], &[]), Err(Undefined::NoData));
        assert_eq!(Aggregation::Arithmetic.mean(&[1.0], &[0.0]), Err(Undefined::OutOfRange));
    }

    proptest! {
        #[test]
        fn means_lie_between_the_extremes_in_their_order(pairs in prop::collection::vec((0.01_f64..100.0, 0.01_f64..10.0), 1..12)) {
            let (components, weights): (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
            let means = ALL.map(|kind| kind.mean(&components, &weights).unwrap());
            let (least, most) = super::super::numeric::extremes(&components);
            prop_assert!(least <= means[0] + 1e-9 && means[0] <= means[1] + 1e-9);
            prop_assert!(means[1] <= means[2] + 1e-9 && means[2] <= most + 1e-9);
        }
    }
}
