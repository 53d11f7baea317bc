//! Municipalities as tiles, each roughly where it lies: look and words say the same, and a dashed edge means that part of
//! it is undetermined.

use super::Frame;
use super::drawing::{Area, Drawing};
use super::map::{MapValues, description};
use super::text::shortened;

/// Height of a tile with the gap below it.
const STEP: i32 = 52;

/// Draws the municipalities that have a place on the map.
pub fn tile_map(frame: Frame<'_>, title: &str, map: &MapValues) -> String {
    let tiles = || map.places.iter().filter_map(|place| Some((place, place.tile?)));
    let columns = tiles().map(|(_, tile)| i32::from(tile.column) + 1).max().unwrap_or(1);
    let rows = tiles().map(|(_, tile)| i32::from(tile.row) + 1).max().unwrap_or(0);
    let width = frame.layout.width() / columns;
    let mut drawing = Drawing::new(frame);
    for (place, tile) in tiles() {
        let (x, y) = (i32::from(tile.column) * width, i32::from(tile.row) * STEP);
        let middle = x + width / 2 - 1;
        drawing.told(&format!("{} {}", place.name, place.words), |drawing| {
            drawing.tile(Area(x + 1, y + 1, width - 3, STEP - 3), place.look, place.partly);
            drawing.on_surface((middle, y + 21), &shortened(&place.name, 14, width - 4), 14, place.look);
            drawing.on_surface((middle, y + 39), &shortened(&place.words, 13, width - 4), 13, place.look);
        });
    }
    drawing.finish(frame, rows * STEP, title, &description(map))
}
