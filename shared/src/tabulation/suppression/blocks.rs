//! Blocks: what tables by different groupings of one register tell about one another.
//!
//! A sum that follows from the groups of one attribute and also from those of another (市 is the municipalities of 30,000
//! and more) is known from either table. What a group adds to every such sum is the same for all groups of a block, so
//! the counts of one block can go up and down among its groups without any other grouping's table changing; what stands
//! in a block altogether cannot.
//!
//! The sums that follow from one another are the linear relations between the groups as sets of municipalities. A
//! group's block is told by its coefficients in a basis of them, computed modulo a prime ([`super::span`]): exact, and never too coarse.

use std::collections::{BTreeMap, BTreeSet};

use super::super::attribute::{Attribute, Grouping};
use super::span::Span;
use crate::municipality::Municipality;

/// For each attribute the block of each of its groups, in the groups' order, counted from 0.
///
/// Blocks are the same sets of municipalities under every attribute that has more than one. Attributes whose blocks would
/// not be are left out: their tables would have to be protected together with the others', cell by cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Blocks(BTreeMap<Attribute, Vec<usize>>);

impl Blocks {
    /// Those of a register; `None` for a place that is not on it.
    pub fn of(register: &[Option<&Municipality>]) -> Self {
        let there: Vec<usize> = (0..register.len()).filter(|place| register[*place].is_some()).collect();
        let mut kept: Vec<(Attribute, Grouping)> = Vec::new();
        let mut blocks = Self::default();
        for attribute in Attribute::ALL {
            kept.push((attribute, Grouping::of_register(register.iter().copied(), attribute)));
            match Self::of_groupings(&there, &kept) {
                Some(of_all) => blocks = of_all,
                None => kept.truncate(kept.len() - 1),
            }
        }
        blocks
    }

    /// The blocks of that attribute's groups; `None` where tables by it cannot be published beside the others.
    pub fn by(&self, attribute: Attribute) -> Option<&[usize]> {
        self.0.get(&attribute).map(Vec::as_slice)
    }

    /// `None` where two of them have different blocks.
    fn of_groupings(there: &[usize], groupings: &[(Attribute, Grouping)]) -> Option<Self> {
        let mut width = 0;
        let mut starts = Vec::new();
        for (_, grouping) in groupings {
            starts.push(width);
            width += grouping.labels().len();
        }
        // Municipalities that are in the same groups everywhere say the same.
        let member = |place: &usize| -> Vec<usize> {
            groupings.iter().zip(&starts).map(|((_, g), start)| start + usize::from(g.codes()[*place])).collect()
        };
        let members: BTreeSet<Vec<usize>> = there.iter().map(member).collect();
        let mut span = Span::default();
        for groups in members {
            let mut row = vec![0; width];
            for group in groups {
                row[group] = 1;
            }
            span.add(row);
        }
        let coefficients = span.relations(width);
        let mut blocks = BTreeMap::new();
        let mut common: Option<Vec<usize>> = None;
        for ((attribute, grouping), start) in groupings.iter().zip(&starts) {
            // In the order in which the register has them, so that all attributes number them alike.
            let mut numbers: BTreeMap<&[u64], usize> = BTreeMap::new();
            let mut of_groups = vec![0; grouping.labels().len()];
            let number = |place: &usize| {
                let group = usize::from(grouping.codes()[*place]);
                let next = numbers.len();
                of_groups[group] = *numbers.entry(&coefficients[start + group]).or_insert(next);
                of_groups[group]
            };
            let of_places: Vec<usize> = there.iter().map(number).collect();
            if of_places.iter().any(|block| *block > 0) && *common.get_or_insert_with(|| of_places.clone()) != of_places
            {
                return None;
            }
            blocks.insert(*attribute, of_groups);
        }
        Some(Self(blocks))
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::samples;
    use super::*;
    use crate::municipality::{Kind, Region};

    /// Region, kind and population of each municipality.
    fn blocks(places: &[(Option<Region>, Kind, u32)]) -> Blocks {
        let mut snapshot = samples::snapshot(2026, &[]);
        let place = |(number, (region, kind, people)): (usize, &(Option<Region>, Kind, u32))| {
            let mut municipality = samples::municipality(number, *region, Some(*people));
            municipality.kind = *kind;
            samples::published(municipality, Vec::new())
        };
        snapshot.municipalities = places.iter().enumerate().map(place).collect();
        Blocks::of(&snapshot.municipalities.iter().map(|place| Some(&place.municipality)).collect::<Vec<_>>())
    }

    const EAST: Option<Region> = Some(Region::Tosei);
    const SOUTH: Option<Region> = Some(Region::Chunan);

    #[test]
    fn cities_that_are_the_municipalities_above_a_population_are_a_block_of_both() {
        let blocks = blocks(&[
            (EAST, Kind::City, 275_000),
            (SOUTH, Kind::City, 168_000),
            (SOUTH, Kind::City, 32_000),
            (EAST, Kind::City, 35_000),
            (EAST, Kind::Town, 12_000),
            (SOUTH, Kind::Town, 9_000),
            (SOUTH, Kind::Village, 8_000),
            (EAST, Kind::Village, 11_000),
        ]);
        assert_eq!(blocks.by(Attribute::Kind), Some([0, 1, 1].as_slice()));
        // Ascending: 5千〜1万, 1万〜3万, 3万〜10万, 10万〜30万.
        assert_eq!(blocks.by(Attribute::Band), Some([1, 1, 0, 0].as_slice()));
        assert_eq!(blocks.by(Attribute::Region), Some([0, 0].as_slice()));
        assert_eq!(blocks.by(Attribute::Prefecture), Some([0].as_slice()));
    }

    #[test]
    fn groupings_that_tell_of_one_another_in_different_ways_are_not_published_together() {
        // The city is one region, which is one kind; the bands are each a region's part.
        let blocks = blocks(&[(EAST, Kind::City, 40_000), (SOUTH, Kind::Town, 40_000), (SOUTH, Kind::Village, 3_000)]);
        assert_eq!(blocks.by(Attribute::Region), Some([0, 1].as_slice()));
        assert_eq!(blocks.by(Attribute::Kind), Some([0, 1, 1].as_slice()));
        assert_eq!(blocks.by(Attribute::Band), None);
    }
}
