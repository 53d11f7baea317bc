//! Boundaries of municipalities, as maps draw them.
//!
//! - [`simplification`]: fewer points, without tearing neighbours apart

pub mod simplification;

use serde::{Deserialize, Serialize};

use crate::municipality::MunicipalityCode;

/// Longitude and latitude in hundred-thousandths of a degree (about 1 m), as of the source's datum (JGD2011 in Japan).
pub type Position = (i32, i32);

/// A closed line; its first position is not repeated at its end.
pub type Ring = Vec<Position>;

/// Boundaries with their credit line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Boundaries {
    /// Credit line, shown under every map that is drawn from them.
    pub source: String,
    /// One area a municipality, by code.
    pub areas: Vec<BoundaryArea>,
}

/// The area of a municipality.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoundaryArea {
    /// Whose.
    pub code: MunicipalityCode,
    /// Its rings, outer ones and holes alike: a position is inside when a ray from it crosses them an odd number of times.
    pub rings: Vec<Ring>,
}

impl Boundaries {
    /// The area of a municipality.
    pub fn area(&self, code: MunicipalityCode) -> Option<&BoundaryArea> {
        let place = self.areas.binary_search_by_key(&code, |area| area.code).ok()?;
        self.areas.get(place)
    }

    /// How many positions there are.
    pub fn positions(&self) -> usize {
        self.areas.iter().flat_map(|area| &area.rings).map(Vec::len).sum()
    }
}

/// The least and greatest longitude and latitude of rings; `None` without any.
pub fn extent<'a>(rings: impl Iterator<Item = &'a Ring>) -> Option<(Position, Position)> {
    let mut extent: Option<(Position, Position)> = None;
    for (x, y) in rings.flatten() {
        let (least, most) = extent.get_or_insert(((*x, *y), (*x, *y)));
        *least = (least.0.min(*x), least.1.min(*y));
        *most = (most.0.max(*x), most.1.max(*y));
    }
    extent
}
