//! Fewer points, without tearing neighbours apart.
//!
//! Rings are cut into arcs at junctions (positions where more than two lines meet). An arc that two neighbours share is
//! simplified once, in one direction, so that both keep the very same line. Within an arc, the position whose triangle with
//! its neighbours is smallest is left out first, until no triangle is smaller than asked for.
//!
//! Source: M. Visvalingam, J. D. Whyatt, “Line generalisation by repeated elimination of points”, *The Cartographic
//! Journal* 30 (1993), 46–51; shared arcs as in `TopoJSON`.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use super::{BoundaryArea, Position, Ring, extent};

/// A map drawn over the whole extent shows so many different positions along its longer side.
const RESOLUTION: i64 = 1500;

/// The areas with fewer positions: nothing is left out that a map of all of them, [`RESOLUTION`] positions wide, could
/// show. A municipality keeps every ring that has an area left, and its largest one in any case.
pub fn simplified(areas: &[BoundaryArea]) -> Vec<BoundaryArea> {
    let Some((least, most)) = extent(areas.iter().flat_map(|area| &area.rings)) else { return areas.to_vec() };
    let side = i64::from(most.0 - least.0).max(i64::from(most.1 - least.1));
    let position = side / RESOLUTION;
    with_least_triangle(areas, position * position)
}

/// The areas without the positions whose triangle has less than `area` (square units of positions).
pub fn with_least_triangle(areas: &[BoundaryArea], area: i64) -> Vec<BoundaryArea> {
    let junctions = Junctions::of(areas.iter().flat_map(|area| &area.rings));
    let mut arcs = Arcs { least: 2 * area, known: HashMap::new() };
    let simplify = |original: &BoundaryArea| {
        let mut rings: Vec<Ring> = original.rings.iter().map(|ring| arcs.ring(ring, &junctions)).collect();
        rings.retain(|ring| ring.len() > 2);
        if rings.is_empty() {
            rings.extend(original.rings.iter().max_by_key(|ring| doubled_area(ring)).cloned());
        }
        BoundaryArea { code: original.code, rings }
    };
    areas.iter().map(simplify).collect()
}

/// Twice the area inside a ring.
fn doubled_area(ring: &Ring) -> i64 {
    let next = ring.iter().cycle().skip(1);
    let cross = |(a, b): (&Position, &Position)| i64::from(a.0) * i64::from(b.1) - i64::from(b.0) * i64::from(a.1);
    ring.iter().zip(next).map(cross).sum::<i64>().abs()
}

/// Where lines meet: by position, up to two positions beside it, and whether there are more.
struct Junctions(HashMap<Position, (Position, Position, bool)>);

impl Junctions {
    fn of<'a>(rings: impl Iterator<Item = &'a Ring>) -> Self {
        let mut beside: HashMap<Position, (Position, Position, bool)> = HashMap::new();
        for ring in rings {
            for place in 0..ring.len() {
                let before = ring[(place + ring.len() - 1) % ring.len()];
                let after = ring[(place + 1) % ring.len()];
                let entry = beside.entry(ring[place]).or_insert((before, after, false));
                let known = |position: Position| position == entry.0 || position == entry.1;
                entry.2 = entry.2 || !known(before) || !known(after);
            }
        }
        Self(beside)
    }

    fn is_junction(&self, position: Position) -> bool {
        self.0.get(&position).is_some_and(|(.., more)| *more)
    }
}

/// Arcs by what they were, in the direction in which they were simplified.
struct Arcs {
    /// Least doubled area of a triangle that stays.
    least: i64,
    known: HashMap<Vec<Position>, Vec<Position>>,
}

impl Arcs {
    /// A ring with its arcs simplified.
    fn ring(&mut self, ring: &Ring, junctions: &Junctions) -> Ring {
        // A ring without junctions begins at its least position, whichever neighbour draws it.
        let first = ring.iter().position(|position| junctions.is_junction(*position));
        let first = first.or_else(|| (0..ring.len()).min_by_key(|place| ring[*place]));
        let Some(first) = first else { return Ring::new() };
        let mut simplified = Ring::new();
        let mut arc = vec![ring[first]];
        for step in 1..=ring.len() {
            let position = ring[(first + step) % ring.len()];
            arc.push(position);
            if step == ring.len() || junctions.is_junction(position) {
                let mut kept = self.arc(std::mem::replace(&mut arc, vec![position]));
                // The next arc begins where this one ends.
                kept.pop();
                simplified.append(&mut kept);
            }
        }
        simplified
    }

    /// An arc simplified in the direction that does not depend on who asks.
    fn arc(&mut self, arc: Vec<Position>) -> Vec<Position> {
        let turned = arc.iter().lt(arc.iter().rev());
        let mut key = arc;
        if turned {
            key.reverse();
        }
        let least = self.least;
        let kept = self.known.entry(key).or_insert_with_key(|arc| line(arc, least));
        let mut kept = kept.clone();
        if turned {
            kept.reverse();
        }
        kept
    }
}

/// A line without its least triangles; its ends stay, and of a closed line two positions between them.
fn line(line: &[Position], least: i64) -> Vec<Position> {
    let closed = line.first() == line.last();
    let mut before: Vec<usize> = (0..line.len()).map(|place| place.saturating_sub(1)).collect();
    let mut after: Vec<usize> = (1..=line.len()).collect();
    let mut size = vec![i64::MAX; line.len()];
    let mut left = line.len();
    let mut smallest = BinaryHeap::new();
    for place in 1..line.len().saturating_sub(1) {
        size[place] = triangle(line[place - 1], line[place], line[place + 1]);
        smallest.push(Reverse((size[place], place)));
    }
    while let Some(Reverse((doubled, place))) = smallest.pop() {
        if doubled >= least || (closed && left <= 4) {
            break;
        }
        // What was measured before a neighbour went is measured anew below.
        if size[place] != doubled {
            continue;
        }
        left -= 1;
        size[place] = i64::MIN;
        let (from, to) = (before[place], after[place]);
        after[from] = to;
        before[to] = from;
        for beside in [from, to] {
            if beside > 0 && beside + 1 < line.len() {
                // A triangle never counts as smaller than one that had to go before it.
                size[beside] = triangle(line[before[beside]], line[beside], line[after[beside]]).max(doubled);
                smallest.push(Reverse((size[beside], beside)));
            }
        }
    }
    line.iter().zip(&size).filter(|(_, size)| **size != i64::MIN).map(|(position, _)| *position).collect()
}

/// Twice the area of a triangle.
fn triangle(before: Position, middle: Position, after: Position) -> i64 {
    let side = |to: Position| (i64::from(to.0) - i64::from(before.0), i64::from(to.1) - i64::from(before.1));
    let (one, other) = (side(middle), side(after));
    (one.0 * other.1 - one.1 * other.0).abs()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn area(code: &str, rings: Vec<Ring>) -> BoundaryArea {
        BoundaryArea { code: code.parse().unwrap(), rings }
    }

    /// A zigzag between two positions, as neighbours see it from either side.
    fn zigzag(from: Position, to: Position, steps: i32) -> Vec<Position> {
        let at = |step: i32| {
            let (x, y) = (from.0 + (to.0 - from.0) * step / steps, from.1 + (to.1 - from.1) * step / steps);
            let aside = if step == 0 || step == steps { 0 } else { (step % 5) * 7 };
            (x + aside, y + aside)
        };
        (0..=steps).map(at).collect()
    }

    fn edges(area: &BoundaryArea) -> BTreeSet<(Position, Position)> {
        let of_ring = |ring: &Ring| -> Vec<(Position, Position)> {
            let next = ring.iter().cycle().skip(1);
            ring.iter().zip(next).map(|(a, b)| if a < b { (*a, *b) } else { (*b, *a) }).collect()
        };
        area.rings.iter().flat_map(of_ring).collect()
    }

    #[test]
    fn neighbours_keep_the_same_line_between_them() {
        let shared = zigzag((0, 0), (0, 10_000), 200);
        let west: Ring = shared.iter().copied().chain([(-9_000, 10_000), (-9_000, 0)]).collect();
        let east: Ring = shared.iter().rev().copied().chain([(9_000, 0), (9_000, 10_000)]).collect();
        let before = [area("022012", vec![west]), area("022021", vec![east])];
        let after = with_least_triangle(&before, 10_000);
        let common: Vec<_> = edges(&after[0]).intersection(&edges(&after[1])).copied().collect();
        assert!(after[0].rings[0].len() < 60, "{} positions are left", after[0].rings[0].len());
        assert_eq!(edges(&after[0]).len() - common.len(), 3, "all but the three outer edges are common");
        for end in [(0, 0), (0, 10_000)] {
            assert!(common.iter().any(|(one, other)| *one == end || *other == end), "{common:?}");
        }
    }

    #[test]
    fn an_enclave_fits_its_hole_and_a_tiny_island_stays_where_it_is_all_there_is() {
        let circle = |rotation: usize| -> Ring {
            let mut ring: Ring = zigzag((100, 100), (900, 100), 40);
            ring.extend(zigzag((900, 110), (110, 900), 40));
            ring.rotate_left(rotation);
            ring
        };
        let outer = vec![(0, 0), (2_000, 0), (2_000, 2_000), (0, 2_000)];
        let turned: Ring = circle(17).into_iter().rev().collect();
        let before = [
            area("022012", vec![outer, turned]),
            area("022021", vec![circle(0)]),
            area("022039", vec![vec![(5_000, 0), (5_001, 0), (5_001, 1)]]),
        ];
        let after = with_least_triangle(&before, 400);
        assert!(edges(&after[1]).len() < 60 && edges(&after[1]).is_subset(&edges(&after[0])));
        assert_eq!(after[2], before[2]);
        assert_eq!(simplified(&[]), []);
    }

    #[test]
    fn nothing_is_left_out_that_is_larger_than_asked() {
        let ring = vec![(0, 0), (500, 3), (1_000, 0), (1_000, 1_000), (0, 1_000)];
        let simplified = with_least_triangle(&[area("022012", vec![ring])], 5_000);
        assert_eq!(simplified[0].rings, [vec![(0, 0), (1_000, 0), (1_000, 1_000), (0, 1_000)]]);
    }
}
