//! Municipalities on a map, each in the look of its category: what tile map and boundary map have in common.

use std::collections::BTreeMap;

use shared::municipality::{MunicipalityCode, Tile};

use super::palette::Look;

/// Municipalities with their categories.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapValues {
    /// The municipalities, in the order of the register.
    pub places: Vec<MapPlace>,
    /// The categories in words, in order.
    pub legend: Vec<(Look, String)>,
}

/// A municipality on the map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapPlace {
    /// Which.
    pub code: MunicipalityCode,
    /// Its name.
    pub name: String,
    /// Its place on the tile map, where drawn.
    pub tile: Option<Tile>,
    /// Its category.
    pub look: Look,
    /// Part of it is undetermined: the edge is dashed.
    pub partly: bool,
    /// Its value in words, short: 「3分野」.
    pub words: String,
}

/// Municipalities that the description names one by one.
const DESCRIBED: usize = 100;

/// Every municipality in words; more than [`DESCRIBED`] are counted by what they say.
pub fn description(map: &MapValues) -> String {
    if map.places.is_empty() {
        return "表示できる市町村がありません。".to_owned();
    }
    let words: Vec<String> = if map.places.len() <= DESCRIBED {
        map.places.iter().map(|place| format!("{} {}", place.name, place.words)).collect()
    } else {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for place in &map.places {
            *counts.entry(&place.words).or_default() += 1;
        }
        counts.into_iter().map(|(words, count)| format!("{words} {count}団体")).collect()
    };
    format!("{}。", words.join("、"))
}
