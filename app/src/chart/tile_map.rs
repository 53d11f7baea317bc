//! Municipalities as tiles: look and words say the same, and a dashed edge means that part of it is undetermined.
//!
//! On wide pictures a tile stands roughly where its municipality lies. On narrow ones, and where nobody has said where they
//! lie, tiles stand in rows in the order of the register; more than [`MOST`] would be no picture any more.

use super::drawing::{Area, Drawing, TextStyle};
use super::legend::legend;
use super::map::{MapPlace, MapValues, description};
use super::palette::{Look, MUTED};
use super::text::shortened;
use super::{Frame, Layout};

/// Height of a tile with the gap below it.
const STEP: i32 = 52;
/// Tiles in rows that a picture shows.
pub const MOST: usize = 240;
/// Least width of a tile in a row.
const LEAST: i32 = 96;

/// Draws the municipalities.
pub fn tile_map(frame: Frame<'_>, title: &str, map: &MapValues) -> String {
    let mut drawing = Drawing::new(frame);
    let width = frame.layout.width();
    let entries: Vec<(Look, &str)> = map.legend.iter().map(|(look, label)| (*look, label.as_str())).collect();
    let mut top = legend(&mut drawing, 0, width, entries);
    if top > 0 {
        top += 8;
    }
    let placed: Vec<(&MapPlace, i32, i32)> = match frame.layout {
        Layout::Wide => map
            .places
            .iter()
            .filter_map(|place| place.tile.map(|tile| (place, i32::from(tile.column), i32::from(tile.row))))
            .collect(),
        Layout::Narrow => Vec::new(),
    };
    let placed = if placed.is_empty() { in_rows(map, width / LEAST) } else { placed };
    let columns = placed.iter().map(|(_, column, _)| column + 1).max().unwrap_or(1);
    let rows = placed.iter().map(|(.., row)| row + 1).max().unwrap_or(0);
    let step = width / columns;
    for (place, column, row) in &placed {
        draw_tile(&mut drawing, place, Area(column * step, top + row * STEP, step, STEP));
    }
    let mut height = top + rows * STEP;
    let left = map.places.len() - placed.len();
    if left > 0 || map.places.is_empty() {
        let words = match map.places.len() {
            0 => "表示できる市町村がありません".to_owned(),
            _ => format!("ほか{left}団体は下の表にあります"),
        };
        height += 20;
        drawing.text((0, height - 4), &words, TextStyle::new(13, MUTED));
    }
    drawing.finish(frame, height, title, &description(map))
}

/// The first municipalities, so many a row.
fn in_rows(map: &MapValues, columns: i32) -> Vec<(&MapPlace, i32, i32)> {
    (0..).zip(map.places.iter().take(MOST)).map(|(number, place)| (place, number % columns, number / columns)).collect()
}

fn draw_tile(drawing: &mut Drawing, place: &MapPlace, Area(x, y, width, height): Area) {
    let middle = x + width / 2 - 1;
    drawing.told(&format!("{} {}", place.name, place.words), |drawing| {
        drawing.tile(Area(x + 1, y + 1, width - 3, height - 3), place.look, place.partly);
        drawing.on_surface((middle, y + 21), &shortened(&place.name, 14, width - 4), 14, place.look);
        drawing.on_surface((middle, y + 39), &shortened(&place.words, 13, width - 4), 13, place.look);
    });
}
