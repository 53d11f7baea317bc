//! 近い市町村: those most like a municipality by chosen attributes.

use std::cmp::Ordering;

use super::Undefined;
use super::normalisation::z_score;

/// A municipality and how far away it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Neighbour {
    /// Its row.
    pub row: usize,
    /// In standard deviations.
    pub distance: f64,
}

/// The `k` rows nearest to row `target` (itself left out), nearest first; ties in the order of the rows, and fewer than
/// `k` where there are no more.
///
/// Euclidean distance of z-scores (n − 1) of all rows, so every attribute weighs alike; attributes that go together
/// weigh together. Describes, **complete census** or not. Not 総務省's 類似団体; misuse with attributes that are
/// themselves what is compared, and with skewed ones such as population unless their logarithm is given.
///
/// Gower, J. C. & Legendre, P. (1986) Journal of Classification 3, 5–48, for standardised distances.
///
/// [`Undefined::NoData`] for no such row or no attribute, [`Undefined::NoVariation`] where an attribute is the same
/// everywhere.
pub fn nearest_peers(attributes: &[Vec<f64>], target: usize, k: usize) -> Result<Vec<Neighbour>, Undefined> {
    let width = attributes.get(target).map_or(0, Vec::len);
    if width == 0 {
        return Err(Undefined::NoData);
    }
    if attributes.iter().any(|row| row.len() != width) {
        return Err(Undefined::LengthsDiffer);
    }
    let column = |j: usize| attributes.iter().filter_map(|row| row.get(j).copied()).collect::<Vec<f64>>();
    let columns: Vec<Vec<f64>> = (0..width).map(|j| z_score(&column(j), 1)).collect::<Result<_, _>>()?;
    let distance = |row: usize| {
        let squares = columns.iter().map(|z| (z[row] - z[target]) * (z[row] - z[target]));
        squares.sum::<f64>().sqrt()
    };
    let others = (0..attributes.len()).filter(|row| *row != target);
    let mut neighbours: Vec<Neighbour> = others.map(|row| Neighbour { row, distance: distance(row) }).collect();
    neighbours.sort_by(|a, b| a.distance.partial_cmp(&b.distance).unwrap_or(Ordering::Equal));
    neighbours.truncate(k);
    Ok(neighbours)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_attribute_in_people_does_not_outweigh_one_in_per_cent() {
        // Far in people, near in share; near in people, far in share; near in both.
        let rows = [[20_000.0, 0.3], [60_000.0, 0.3], [20_500.0, 0.9], [21_000.0, 0.31]].map(|row| row.to_vec());
        let nearest: Vec<usize> = nearest_peers(&rows, 0, 2).unwrap().iter().map(|n| n.row).collect();
        assert_eq!(nearest[0], 3);
    }

    #[test]
    fn ties_keep_the_order_of_the_rows_and_nobody_is_its_own_peer() {
        let rows: Vec<Vec<f64>> = [5.0, 4.0, 6.0, 4.0].iter().map(|v| vec![*v]).collect();
        let nearest: Vec<usize> = nearest_peers(&rows, 0, 9).unwrap().iter().map(|n| n.row).collect();
        assert_eq!(nearest, [1, 2, 3]);
    }

    #[test]
    fn what_is_the_same_everywhere_tells_nobody_apart() {
        assert_eq!(nearest_peers(&[vec![1.0], vec![1.0]], 0, 1), Err(Undefined::NoVariation));
        assert_eq!(nearest_peers(&[vec![1.0], vec![2.0]], 2, 1), Err(Undefined::NoData));
        assert_eq!(nearest_peers(&[vec![1.0], vec![]], 0, 1), Err(Undefined::LengthsDiffer));
    }

    proptest! {
        #[test]
        fn the_units_of_the_attributes_do_not_matter(rows in prop::collection::vec(prop::array::uniform2(-100_i32..100), 3..20)) {
            let scaled = |a: f64, b: f64| -> Vec<Vec<f64>> {
                rows.iter().map(|[x, y]| vec![f64::from(*x) * a, f64::from(*y) * b + 7.0]).collect()
            };
            let (plain, other) = (nearest_peers(&scaled(1.0, 1.0), 0, 5), nearest_peers(&scaled(1024.0, 0.25), 0, 5));
            prop_assert_eq!(plain.is_ok(), other.is_ok());
            if let (Ok(plain), Ok(other)) = (plain, other) {
                for (one, other) in plain.iter().zip(&other) {
                    prop_assert!((one.distance - other.distance).abs() < 1e-9);
                }
            }
        }
    }
}
