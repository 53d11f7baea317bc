//! 順位: how many stand before, and what ties share.
//!
//! Ranks describe; they may be shown **on a complete census**, named ranks to members and the municipality itself only.
//!
//! Kendall, M. G. (1970) Rank Correlation Methods, 4th ed., chapter 3, for the mid-ranks of ties.

use std::cmp::Ordering;

use super::Undefined;
use super::numeric::check;

/// Which value has rank 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The least.
    Ascending,
    /// The greatest.
    Descending,
}

/// The three ways to rank ties, each in the order of the values.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ranks {
    /// 1 + how many stand strictly before: 1-2-2-4, usual in official tables (同順位).
    pub competition: Vec<u32>,
    /// The mean of the places that ties share: 1-2.5-2.5-4. For rank statistics.
    pub middle: Vec<f64>,
    /// 1 + how many different values stand before: 1-2-2-3.
    pub dense: Vec<u32>,
    /// How many values share each rank, in rank order; 1 where a value stands alone.
    pub group_sizes: Vec<u32>,
}

impl Ranks {
    /// Ranks values; none have no ranks. [`Undefined::NotFinite`] for what is no number.
    pub fn of(values: &[f64], order: Order) -> Result<Self, Undefined> {
        if values.is_empty() {
            return Ok(Self::default());
        }
        check(values)?;
        let mut places: Vec<(usize, f64)> = values.iter().copied().enumerate().collect();
        let before = |a: f64, b: f64| a.partial_cmp(&b).unwrap_or(Ordering::Equal);
        places.sort_by(|(_, a), (_, b)| match order {
            Order::Ascending => before(*a, *b),
            Order::Descending => before(*b, *a),
        });
        let mut ranks = Self {
            competition: vec![0; values.len()],
            middle: vec![0.0; values.len()],
            dense: vec![0; values.len()],
            group_sizes: Vec::new(),
        };
        let mut ahead = 0_u32;
        let mut dense = 0_u32;
        for group in places.chunk_by(|(_, a), (_, b)| before(*a, *b) == Ordering::Equal) {
            let size = u32::try_from(group.len()).map_err(|_| Undefined::TooLarge)?;
            dense += 1;
            for (place, _) in group {
                ranks.competition[*place] = ahead + 1;
                ranks.middle[*place] = f64::from(ahead) + f64::midpoint(f64::from(size), 1.0);
                ranks.dense[*place] = dense;
            }
            ranks.group_sizes.push(size);
            ahead = ahead.checked_add(size).ok_or(Undefined::TooLarge)?;
        }
        Ok(ranks)
    }

    /// Whether two values are equal.
    pub fn has_ties(&self) -> bool {
        self.group_sizes.iter().any(|size| *size > 1)
    }

    /// Σ (t³ − t) over the groups of ties: 0 without ties, n³ − n where all are equal.
    pub(super) fn tie_term(&self) -> i128 {
        self.group_sizes.iter().map(|size| i128::from(*size)).map(|t| t * t * t - t).sum()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::numeric::count;
    use super::*;

    #[test]
    fn ties_share_a_rank_in_three_ways() {
        let ranks = Ranks::of(&[70.0, 90.0, 80.0, 80.0], Order::Descending).unwrap();
        assert_eq!(ranks.competition, [4, 1, 2, 2]);
        assert_eq!(ranks.middle, [4.0, 1.0, 2.5, 2.5]);
        assert_eq!(ranks.dense, [3, 1, 2, 2]);
        assert_eq!(ranks.group_sizes, [1, 2, 1]);
        assert_eq!(ranks.tie_term(), 6);
    }

    #[test]
    fn zero_has_one_rank_whatever_its_sign_and_nothing_has_none() {
        assert_eq!(Ranks::of(&[0.0, -0.0], Order::Ascending).unwrap().competition, [1, 1]);
        assert_eq!(Ranks::of(&[], Order::Ascending), Ok(Ranks::default()));
        assert_eq!(Ranks::of(&[1.0, f64::NAN], Order::Ascending), Err(Undefined::NotFinite));
    }

    proptest! {
        #[test]
        fn ranks_count_who_stands_before(values in prop::collection::vec(-5_i8..5, 1..40)) {
            let (whole, values): (Vec<i8>, Vec<f64>) = values.into_iter().map(|v| (v, f64::from(v))).unzip();
            let up = Ranks::of(&values, Order::Ascending).unwrap();
            let down = Ranks::of(&values, Order::Descending).unwrap();
            for (i, value) in whole.iter().enumerate() {
                let smaller = whole.iter().filter(|v| *v < value).count();
                let same = whole.iter().filter(|v| *v == value).count();
                prop_assert_eq!(up.competition[i] as usize, smaller + 1);
                prop_assert!((up.middle[i] - (count(smaller) + f64::midpoint(count(same), 1.0))).abs() < 1e-12);
                prop_assert!((up.middle[i] + down.middle[i] - count(values.len()) - 1.0).abs() < 1e-12);
                prop_assert!(up.dense[i] <= up.competition[i]);
            }
        }
    }
}
