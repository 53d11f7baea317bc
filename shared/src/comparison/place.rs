//! The own place among others: exact arithmetic of shares, no model.

use std::cmp::Ordering;

use crate::share::Share;

/// No rank among fewer than this, oneself included.
pub const FEWEST_RANKED: usize = 5;

/// A place in an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rank {
    /// Counted from 1; those that are equal share the first place of them all.
    pub place: usize,
    /// Out of how many, oneself included.
    pub of: usize,
    /// How many others are equal.
    pub equal: usize,
}

impl Rank {
    /// How far from below: the others that are lower, and half of those that are equal, out of the others.
    pub fn percentile(self) -> Share {
        let others = self.of.saturating_sub(1);
        let lower = self.of.saturating_sub(self.place + self.equal);
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Share::new(count(2 * lower + self.equal), count(2 * others))
    }
}

/// Which of two shares (with denominators) is greater.
pub fn compare(a: Share, b: Share) -> Ordering {
    let cross = |x: Share, y: Share| u64::from(x.numerator) * u64::from(y.denominator);
    cross(a, b).cmp(&cross(b, a))
}

/// The median of ascending shares, exactly: the middle one, or half of the sum of the middle two. `None` of none.
pub fn median(ascending: &[Share]) -> Option<Share> {
    let (lower, upper) = (ascending.get(ascending.len().checked_sub(1)? / 2)?, ascending.get(ascending.len() / 2)?);
    if compare(*lower, *upper) == Ordering::Equal {
        return Some(*lower);
    }
    let [a, b, c, d] = [lower.numerator, lower.denominator, upper.numerator, upper.denominator].map(u64::from);
    Some(Share::new(u32::try_from(a * d + c * b).ok()?, u32::try_from(2 * b * d).ok()?))
}

/// The place of the own share among the peers'; `None` among too few.
pub fn rank(own: Share, peers: &[Share]) -> Option<Rank> {
    let of = peers.len() + 1;
    let count = |wanted: Ordering| peers.iter().filter(|peer| compare(**peer, own) == wanted).count();
    (of >= FEWEST_RANKED).then(|| Rank { place: count(Ordering::Greater) + 1, of, equal: count(Ordering::Equal) })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shares(pairs: &[(u32, u32)]) -> Vec<Share> {
        pairs.iter().map(|(n, d)| Share::new(*n, *d)).collect()
    }

    #[test]
    fn a_median_is_exact() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&shares(&[(1, 3)])), Some(Share::new(1, 3)));
        assert_eq!(median(&shares(&[(1, 3), (1, 2)])), Some(Share::new(5, 12)));
        assert_eq!(median(&shares(&[(0, 9), (1, 2), (7, 7)])), Some(Share::new(1, 2)));
        assert_eq!(median(&shares(&[(1, 2), (2, 4)])), Some(Share::new(1, 2)));
    }

    #[test]
    fn equals_share_a_place_and_few_have_none() {
        let peers = shares(&[(1, 10), (3, 10), (6, 20), (9, 10)]);
        let middle = rank(Share::new(3, 10), &peers).unwrap();
        assert_eq!(middle, Rank { place: 2, of: 5, equal: 2 });
        // One is lower, two are equal.
        assert_eq!(middle.percentile(), Share::new(4, 8));
        let first = rank(Share::new(10, 10), &peers).unwrap();
        assert_eq!((first, first.percentile()), (Rank { place: 1, of: 5, equal: 0 }, Share::new(8, 8)));
        let last = rank(Share::new(0, 10), &peers).unwrap();
        assert_eq!((last, last.percentile()), (Rank { place: 5, of: 5, equal: 0 }, Share::new(0, 8)));
        assert_eq!(rank(Share::new(3, 10), &peers[..3]), None);
        assert_eq!(rank(Share::new(3, 10), &[]), None);
    }

    proptest! {
        #[test]
        fn a_place_and_a_percentile_count_the_same_others(own in 0_u32..20, peers in prop::collection::vec(0_u32..20, 4..30)) {
            let shares: Vec<Share> = peers.iter().map(|n| Share::new(*n, 20)).collect();
            let rank = rank(Share::new(own, 20), &shares).unwrap();
            let lower = peers.iter().filter(|peer| **peer < own).count();
            prop_assert_eq!(rank.place - 1 + rank.equal + lower, peers.len());
            prop_assert_eq!(rank.percentile().numerator as usize, 2 * lower + rank.equal);
        }
    }
}
