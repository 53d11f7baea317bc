//! Kruskal and Wallis's H: do several groups of municipalities differ in their values?

use super::Undefined;
use super::distribution::chi_square_upper;
use super::numeric::count;
use super::ranking::{Order, Ranks};

/// The result of a Kruskal–Wallis test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct KruskalWallis {
    /// H, corrected for ties; `None` where a group is empty or all values are equal.
    pub h: Option<f64>,
    /// Groups − 1
    pub degrees_of_freedom: u32,
    /// P(H or more) without a difference.
    pub p_value: Option<f64>,
}

/// The Kruskal–Wallis test of two or more independent groups.
///
/// H = (N − 1)·Σ nᵢ(r̄ᵢ − r̄)² / Σ (rᵢⱼ − r̄)² over mid-ranks, which is 12/(N(N + 1))·Σ Rᵢ²/nᵢ − 3(N + 1) divided by
/// the correction for ties; χ² with groups − 1 degrees of freedom, approximately where groups have five or more values.
/// With two groups it is the Mann–Whitney test without continuity correction. **Not for a complete census without a
/// chance model** ([`super::ChanceModel::Exchangeable`]); misuse for one region after another without
/// [`super::adjustment`], and as a test of means where the groups spread differently.
///
/// Kruskal, W. H. & Wallis, W. A. (1952) JASA 47, 583–621.
///
/// [`Undefined::TooFew`] for fewer than two groups.
pub fn kruskal_wallis(groups: &[Vec<f64>]) -> Result<KruskalWallis, Undefined> {
    if groups.len() < 2 {
        return Err(Undefined::TooFew { needed: 2, found: groups.len() });
    }
    let degrees_of_freedom = u32::try_from(groups.len() - 1).map_err(|_| Undefined::TooLarge)?;
    let ranks = Ranks::of(&groups.concat(), Order::Ascending)?.middle;
    let n = count(ranks.len());
    let mean = f64::midpoint(n, 1.0);
    let square = |distance: f64| distance * distance;
    let mut rest = ranks.iter();
    let between: f64 = groups
        .iter()
        .map(|group| {
            let sum: f64 = rest.by_ref().take(group.len()).sum();
            count(group.len()) * square(sum / count(group.len()) - mean)
        })
        .sum();
    let within: f64 = ranks.iter().map(|rank| square(rank - mean)).sum();
    // An empty group has no mean: its NaN is not a finite H.
    let h = Some((n - 1.0) * between / within).filter(|h| h.is_finite());
    Ok(KruskalWallis { h, degrees_of_freedom, p_value: h.map(|h| chi_square_upper(h, degrees_of_freedom)) })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Alternative, Method, mann_whitney::mann_whitney};
    use super::*;

    #[test]
    fn bottle_caps_of_three_machines_come_out_as_printed() {
        // Kruskal & Wallis (1952), table 1.1: H = 5.656.
        let groups =
            [vec![340.0, 345.0, 330.0, 342.0, 338.0], vec![339.0, 333.0, 344.0], vec![347.0, 343.0, 349.0, 355.0]];
        let result = kruskal_wallis(&groups).unwrap();
        assert_eq!(format!("{:.3}", result.h.unwrap()), "5.656");
        assert_eq!(result.degrees_of_freedom, 2);
    }

    #[test]
    fn an_empty_group_and_equal_values_have_no_statistic() {
        for groups in [[vec![1.0, 1.0], vec![1.0]], [vec![1.0, 2.0], vec![]], [vec![], vec![]]] {
            let result = kruskal_wallis(&groups).unwrap();
            assert_eq!((result.h, result.degrees_of_freedom, result.p_value), (None, 1, None));
        }
        assert_eq!(kruskal_wallis(&[vec![1.0]]), Err(Undefined::TooFew { needed: 2, found: 1 }));
    }

    proptest! {
        #[test]
        fn with_two_groups_it_is_mann_and_whitney_s_test(
            x in prop::collection::vec(-9_i8..9, 1..30), y in prop::collection::vec(-9_i8..9, 1..30),
        ) {
            let [x, y] = [x, y].map(|group| group.into_iter().map(f64::from).collect::<Vec<_>>());
            let u = mann_whitney(&x, &y, Alternative::TwoSided, Method::Asymptotic { continuity: false }).unwrap();
            let h = kruskal_wallis(&[x, y]).unwrap();
            prop_assert_eq!(h.p_value.is_some(), u.p_value.is_some());
            if let (Some(h), Some(u)) = (h.p_value, u.p_value) {
                prop_assert!((h - u).abs() < 1e-9);
            }
        }

        #[test]
        fn the_order_of_the_groups_does_not_matter(groups in prop::collection::vec(prop::collection::vec(-9_i8..9, 1..12), 2..6)) {
            let mut groups: Vec<Vec<f64>> = groups.iter().map(|g| g.iter().map(|v| f64::from(*v)).collect()).collect();
            let one = kruskal_wallis(&groups).unwrap();
            groups.reverse();
            let other = kruskal_wallis(&groups).unwrap();
            prop_assert!((one.h.unwrap_or(-1.0) - other.h.unwrap_or(-1.0)).abs() < 1e-9);
            prop_assert!(one.p_value.is_none_or(|p| (0.0..=1.0).contains(&p)));
        }
    }
}
