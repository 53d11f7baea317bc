//! Municipalities in their boundaries, each in the look of its category.
//!
//! Projection: equirectangular, true to scale along the middle latitude (longitudes are shortened by its cosine). Within
//! one prefecture, shapes and areas are true to less than the width of a line; the picture says which projection it is.

use std::sync::Arc;

use shared::boundary::{Boundaries, Position, Ring, extent};

use super::drawing::{Drawing, TextStyle};
use super::legend::legend;
use super::map::{MapPlace, MapValues, description};
use super::palette::{HATCH, INK, Look, MUTED};
use super::text::wrapped;
use super::{Frame, Layout};

/// Size of the words below the map.
const SMALL: i32 = 12;
/// A degree in units of positions.
const DEGREE: f64 = 100_000.0;

/// Municipalities with their boundaries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoundaryMap {
    /// The municipalities and their categories.
    pub values: MapValues,
    /// Where they lie; the credit line is written below the map.
    pub boundaries: Arc<Boundaries>,
}

/// Positions to units.
struct Projection {
    least: Position,
    most: Position,
    /// Units a unit of latitude.
    scale: f64,
    /// How much shorter a unit of longitude is.
    shortening: f64,
}

impl Projection {
    fn new((least, most): (Position, Position), width: i32, height: i32) -> Self {
        let middle = f64::from(i32::midpoint(least.1, most.1)) / DEGREE;
        let shortening = middle.to_radians().cos();
        let across = f64::from((most.0 - least.0).max(1)) * shortening;
        let down = f64::from((most.1 - least.1).max(1));
        Self { least, most, scale: (f64::from(width - 4) / across).min(f64::from(height - 4) / down), shortening }
    }

    /// In tenths of a unit: boundaries closer than that cannot be told apart.
    #[expect(clippy::cast_possible_truncation, reason = "within the picture")]
    fn at(&self, (longitude, latitude): Position) -> (i32, i32) {
        let x = f64::from(longitude - self.least.0) * self.shortening * self.scale;
        let y = f64::from(self.most.1 - latitude) * self.scale;
        ((10.0 * x).round() as i32 + 20, (10.0 * y).round() as i32 + 20)
    }

    fn height(&self) -> i32 {
        self.at(self.least).1 / 10 + 4
    }

    /// SVG path data of rings.
    fn path(&self, rings: &[Ring]) -> String {
        let mut path = String::new();
        for ring in rings {
            let mut last = None;
            for position in ring {
                let at = self.at(*position);
                if last == Some(at) {
                    continue;
                }
                path.push(if last.is_none() { 'M' } else { 'L' });
                path.extend([tenths(at.0), " ".to_owned(), tenths(at.1)]);
                last = Some(at);
            }
            path.push('Z');
        }
        path
    }
}

fn tenths(number: i32) -> String {
    if number % 10 == 0 { (number / 10).to_string() } else { format!("{}.{}", number / 10, number % 10) }
}

/// Draws the municipalities whose boundaries there are.
pub fn boundary_map(frame: Frame<'_>, title: &str, map: &BoundaryMap) -> String {
    let BoundaryMap { values, boundaries } = map;
    let width = frame.layout.width();
    let height = match frame.layout {
        Layout::Wide => 640,
        Layout::Narrow => 400,
    };
    let drawn = || values.places.iter().filter_map(|place| Some((place, boundaries.area(place.code)?)));
    let mut drawing = Drawing::new(frame);
    let mut top = 0;
    if let Some(extent) = extent(drawn().flat_map(|(_, area)| &area.rings)) {
        let projection = Projection::new(extent, width, height);
        // Dashed edges last: neighbours would cover half of them.
        let (whole, partly): (Vec<_>, Vec<_>) = drawn().partition(|(place, _)| !place.partly);
        for (place, area) in whole.into_iter().chain(partly) {
            draw_place(&mut drawing, place, &projection.path(&area.rings));
        }
        top = projection.height() + 8;
    }
    let entries: Vec<(Look, &str)> = values.legend.iter().map(|(look, label)| (*look, label.as_str())).collect();
    top += legend(&mut drawing, top, width, entries);
    let mut notes = vec![format!("地図：{}", boundaries.source), "正距円筒図法（中央の緯線で縮尺が正しい）".to_owned()];
    let missing: Vec<&MapPlace> = values.places.iter().filter(|place| boundaries.area(place.code).is_none()).collect();
    if !missing.is_empty() {
        notes.insert(0, format!("境界がない{}団体は、下の表にあります。", missing.len()));
    }
    for line in notes.iter().flat_map(|note| wrapped(note, SMALL, width, 6)) {
        top += 17;
        drawing.text((0, top), &line, TextStyle::new(SMALL, MUTED));
    }
    drawing.finish(frame, top + 8, title, &description(values))
}

fn draw_place(drawing: &mut Drawing, place: &MapPlace, path: &str) {
    drawing.told(&format!("{} {}", place.name, place.words), |drawing| {
        drawing.outline(path, place.look, HATCH, 1);
        if place.partly {
            drawing.path(path, INK, 2, true);
        }
    });
}
