//! Wilcoxon's signed rank test: did the same municipalities tend to rise from one year to the next?

use super::numeric::{check, count, nearest, whole};
use super::ranking::{Order, Ranks};
use super::{Alternative, Method, Undefined};

/// The result of a signed rank test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SignedRank {
    /// W⁺: the sum of the ranks of the rises.
    pub w_plus: f64,
    /// min(W⁺, W⁻) if two-sided, else W⁺.
    pub statistic: f64,
    /// `None` for the approximation where nothing changed.
    pub p_value: Option<f64>,
    /// Whether the exact distribution was used.
    pub exact: bool,
}

/// Most differences whose exact distribution is computed.
const MOST: usize = 1000;
/// Most differences for which [`Method::Auto`] does it: beyond, the approximation agrees to three digits.
const EXACT: usize = 50;

/// Wilcoxon's signed rank test of paired differences (later − earlier); [`Alternative::Greater`]: they tend to be
/// positive. Differences of 0 are left out, as Wilcoxon did.
///
/// The sizes of the n others are ranked, W⁺ adds up the ranks of the positive ones. Exact: each sign is a fair coin.
/// Asymptotic: normal with mean n(n + 1)/4 and variance (n(n + 1)(2n + 1) − Σ(t³ − t)/2)/24, the statistic moved ½
/// towards the mean (for one side: against it) with continuity correction.
///
/// The exact distribution is that without ties: [`Method::Exact`] with ties answers cautiously for W⁺ rounded outwards,
/// as scipy does; [`Method::Auto`] never does it. Supposes that without a tendency differences are symmetric about 0. It
/// compares sizes of differences, so it is **misuse for stages** (0–4 are ordered, their steps are not equal): count who
/// rose and who fell instead ([`super::mcnemar`]). **Not for a complete census without a chance model**
/// ([`super::ChanceModel::Superpopulation`]).
///
/// Wilcoxon, F. (1945) Biometrics Bulletin 1, 80–83.
///
/// [`Undefined::NoData`] for no difference at all, [`Undefined::TooLarge`] for [`Method::Exact`] with more than 1,000.
pub fn signed_rank(differences: &[f64], side: Alternative, method: Method) -> Result<SignedRank, Undefined> {
    check(differences)?;
    let changed: Vec<f64> = differences.iter().copied().filter(|d| *d != 0.0).collect();
    let sizes: Vec<f64> = changed.iter().map(|d| d.abs()).collect();
    let ranks = Ranks::of(&sizes, Order::Ascending)?;
    let w_plus: f64 = changed.iter().zip(&ranks.middle).filter(|(d, _)| **d > 0.0).map(|(_, rank)| rank).sum();
    let n = changed.len();
    let w_minus = count(n) * (count(n) + 1.0) / 2.0 - w_plus;
    let method = match method {
        Method::Auto if ranks.has_ties() || n > EXACT || n < differences.len() => {
            Method::Asymptotic { continuity: true }
        }
        Method::Auto => Method::Exact,
        chosen => chosen,
    };
    let p_value = match method {
        Method::Auto | Method::Exact if n > MOST => return Err(Undefined::TooLarge),
        Method::Auto | Method::Exact => Some(exact(w_plus, n, side)),
        Method::Asymptotic { continuity } => asymptotic(w_plus, n, &ranks, side, continuity)?,
    };
    let statistic = if side == Alternative::TwoSided { w_plus.min(w_minus) } else { w_plus };
    Ok(SignedRank { w_plus, statistic, p_value, exact: !matches!(method, Method::Asymptotic { .. }) })
}

fn asymptotic(
    w_plus: f64,
    n: usize,
    ranks: &Ranks,
    side: Alternative,
    continuity: bool,
) -> Result<Option<f64>, Undefined> {
    let n = i128::try_from(n).map_err(|_| Undefined::TooLarge)?;
    let variance = nearest(2 * n * (n + 1) * (2 * n + 1) - ranks.tie_term()) / 48.0;
    if variance <= 0.0 {
        return Ok(None);
    }
    let distance = w_plus - nearest(n * (n + 1)) / 4.0;
    let correction = match side {
        _ if !continuity => 0.0,
        Alternative::Greater => 0.5,
        Alternative::Less => -0.5,
        Alternative::TwoSided if distance == 0.0 => 0.0,
        Alternative::TwoSided => 0.5_f64.copysign(distance),
    };
    Ok(Some(side.of_z((distance - correction) / variance.sqrt())))
}

fn exact(w_plus: f64, n: usize, side: Alternative) -> f64 {
    // probabilities[w]: of so large a sum of the ranks that come up heads.
    let mut probabilities = vec![1.0];
    for rank in 1..=n {
        let mut next = vec![0.0; probabilities.len() + rank];
        for (w, p) in probabilities.iter().enumerate() {
            next[w] += p / 2.0;
            next[w + rank] += p / 2.0;
        }
        probabilities = next;
    }
    let at_least = probabilities.iter().skip(whole(w_plus.floor())).sum::<f64>();
    let at_most = probabilities.iter().take(whole(w_plus.ceil()) + 1).sum::<f64>();
    let p = match side {
        Alternative::Greater => at_least,
        Alternative::Less => at_most,
        Alternative::TwoSided => 2.0 * at_least.min(at_most),
    };
    p.clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn darwin_s_maize_is_taller_when_crossed() {
        // Darwin, C. (1876) The Effects of Cross and Self Fertilisation, in eighths of an inch, as analysed by Fisher
        // (1935) The Design of Experiments, chapter III: W⁻ = 24, and P(W ≤ 24) = 676/2¹⁵ for 15 pairs.
        let differences = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48].map(f64::from);
        let result = signed_rank(&differences, Alternative::TwoSided, Method::Auto).unwrap();
        assert_eq!((result.w_plus, result.statistic, result.exact), (96.0, 24.0, true));
        assert!((result.p_value.unwrap() - 1352.0 / 32768.0).abs() < 1e-15);
    }

    #[test]
    fn three_rises_are_one_of_eight_outcomes() {
        let p = |side| signed_rank(&[1.0, 2.0, 3.0], side, Method::Exact).unwrap().p_value.unwrap();
        assert_eq!((p(Alternative::Greater), p(Alternative::Less), p(Alternative::TwoSided)), (0.125, 1.0, 0.25));
    }

    #[test]
    fn where_nothing_changed_there_is_no_approximation() {
        let result = signed_rank(&[0.0; 3], Alternative::TwoSided, Method::Auto).unwrap();
        assert_eq!((result.w_plus, result.statistic, result.p_value), (0.0, 0.0, None));
        assert_eq!(signed_rank(&[], Alternative::Less, Method::Auto), Err(Undefined::NoData));
        assert_eq!(signed_rank(&[1.0; 1001], Alternative::Less, Method::Exact), Err(Undefined::TooLarge));
    }

    proptest! {
        #[test]
        fn the_signs_change_places_with_the_sides(differences in prop::collection::vec(-20_i8..20, 1..40)) {
            let values: Vec<f64> = differences.into_iter().map(f64::from).collect();
            let mirrored: Vec<f64> = values.iter().map(|d| -d).collect();
            for method in [Method::Auto, Method::Exact, Method::Asymptotic { continuity: false }] {
                let p = |of: &[f64], side| signed_rank(of, side, method).unwrap().p_value;
                let Some(two_sided) = p(&values, Alternative::TwoSided) else { continue };
                prop_assert!((0.0..=1.0).contains(&two_sided));
                prop_assert!((two_sided - p(&mirrored, Alternative::TwoSided).unwrap()).abs() < 1e-12);
                let (less, greater) = (p(&values, Alternative::Less), p(&mirrored, Alternative::Greater));
                prop_assert!((less.unwrap() - greater.unwrap()).abs() < 1e-12);
            }
        }
    }
}
