//! Municipalities of like size, and the exact arithmetic of shares among them.

use std::cmp::Ordering;

use shared::municipality::Municipality;
use shared::publication::PublishedMunicipality;
use shared::share::Share;

/// So many municipalities are compared with.
pub const PEERS: usize = 7;
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

/// The [`PEERS`] nearest by the ratio of populations (that is, by the distance of their logarithms), nearest first;
/// of equally near ones the lower code first. `None` without an own population.
pub fn nearest<'m>(
    own: &Municipality,
    others: impl Iterator<Item = &'m PublishedMunicipality>,
) -> Option<Vec<&'m PublishedMunicipality>> {
    let own = own.population.filter(|population| *population > 0)?;
    // The ratio, at least 1, kept as (greater, smaller).
    let ratio = |population: u32| (u64::from(population.max(own)), u64::from(population.min(own)));
    let mut near: Vec<_> = others
        .filter_map(|m| Some((ratio(m.municipality.population.filter(|population| *population > 0)?), m)))
        .collect();
    near.sort_by(|((a, b), m), ((c, d), n)| (a * d).cmp(&(c * b)).then(m.municipality.code.cmp(&n.municipality.code)));
    near.truncate(PEERS);
    Some(near.into_iter().map(|(_, m)| m).collect())
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
    use super::super::samples::{municipality, questionnaire, round};
    use super::*;

    const CODES: [&str; 8] = ["022012", "022021", "022039", "022047", "022055", "022063", "022071", "022080"];

    fn shares(pairs: &[(u32, u32)]) -> Vec<Share> {
        pairs.iter().map(|(n, d)| Share::new(*n, *d)).collect()
    }

    #[test]
    fn the_nearest_in_population_are_nearest_in_ratio() {
        let questionnaire = questionnaire();
        // 10,000 and 40,000 are equally far from 20,000 in ratio, though not in number.
        let populations = [None, Some(40_000), Some(10_000), Some(21_000), Some(0), Some(19_000), Some(1_000_000)];
        let others: Vec<_> = CODES[1..]
            .iter()
            .zip(populations)
            .map(|(code, population)| (municipality(code, population), None))
            .collect();
        let snapshot = round(&questionnaire, 2025, others);
        let own = municipality(CODES[0], Some(20_000));
        let near = nearest(&own, snapshot.municipalities.iter()).unwrap();
        let codes: Vec<_> = near.iter().map(|m| m.municipality.code.as_str()).collect();
        assert_eq!(codes, [CODES[4], CODES[6], CODES[2], CODES[3], CODES[7]]);
        assert!(nearest(&municipality(CODES[0], None), snapshot.municipalities.iter()).is_none());
        assert!(nearest(&municipality(CODES[0], Some(0)), snapshot.municipalities.iter()).is_none());
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
        assert_eq!(rank(Share::new(3, 10), &peers), Some(Rank { place: 2, of: 5, equal: 2 }));
        assert_eq!(rank(Share::new(10, 10), &peers), Some(Rank { place: 1, of: 5, equal: 0 }));
        assert_eq!(rank(Share::new(0, 10), &peers), Some(Rank { place: 5, of: 5, equal: 0 }));
        assert_eq!(rank(Share::new(3, 10), &peers[..3]), None);
        assert_eq!(rank(Share::new(3, 10), &[]), None);
    }
}
