//! Municipalities as tiles: in how many of the three fields each is engaged.
//!
//! A tile stands roughly where its municipality lies. Shade and words say the same; 未提出 is hatched, and a dashed
//! edge means that some field is undetermined (the shade then counts what is certain).

use shared::indicator::{Engagement, Field};

use super::Frame;
use super::drawing::{Anchor, Area, Drawing, TextStyle};
use super::palette::{INK, ON_ONE, ON_THREE, ON_TWO, ONE, PAGE, Paint, THREE, TWO};
use crate::figures::Place;

/// In how many fields a municipality is engaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FieldCount {
    /// Exactly that many.
    Known(u8),
    /// At least the first, at most the second: the rest is undetermined.
    Between(u8, u8),
    /// 未提出
    NotSubmitted,
}

impl FieldCount {
    /// Counts a municipality's fields.
    pub fn of(place: &Place) -> Self {
        if !place.responded {
            return Self::NotSubmitted;
        }
        let (mut least, mut most) = (0, 0);
        for field in Field::ALL {
            match place.fields.get(&field).copied().unwrap_or(Engagement::Undetermined) {
                Engagement::Engaged => {
                    least += 1;
                    most += 1;
                }
                Engagement::Undetermined => most += 1,
                Engagement::NotEngaged => {}
            }
        }
        if least == most { Self::Known(least) } else { Self::Between(least, most) }
    }

    /// 「2分野」「1〜2分野」「未提出」
    pub fn words(self) -> String {
        match self {
            Self::Known(n) => format!("{n}分野"),
            Self::Between(least, most) => format!("{least}〜{most}分野"),
            Self::NotSubmitted => "未提出".to_owned(),
        }
    }

    /// The class of the page's own tiles and swatches.
    pub fn class(self) -> &'static str {
        match self {
            Self::Known(0) => "tile",
            Self::Known(1) => "tile tile--one",
            Self::Known(2) => "tile tile--two",
            Self::Known(_) => "tile tile--three",
            Self::Between(0, _) => "tile tile--partly",
            Self::Between(1, _) => "tile tile--one tile--partly",
            Self::Between(..) => "tile tile--two tile--partly",
            Self::NotSubmitted => "tile tile--missing",
        }
    }
}

/// Draws the municipalities that have a place on the map.
pub fn tile_map(frame: Frame<'_>, title: &str, places: &[Place]) -> String {
    let tiles = || places.iter().filter_map(|place| Some((place, place.municipality.tile?)));
    let columns = tiles().map(|(_, tile)| i32::from(tile.column) + 1).max().unwrap_or(1);
    let rows = tiles().map(|(_, tile)| i32::from(tile.row) + 1).max().unwrap_or(0);
    let (step_x, step_y) = (frame.layout.width() / columns, 52);
    let mut drawing = Drawing::new(frame);
    for (place, tile) in tiles() {
        let (x, y) = (i32::from(tile.column) * step_x, i32::from(tile.row) * step_y);
        let count = FieldCount::of(place);
        let area = Area(x + 1, y + 1, step_x - 3, step_y - 3);
        let ink = if let Some((fill, ink)) = fill(count) {
            drawing.tile(area, fill, matches!(count, FieldCount::Between(..)));
            ink
        } else {
            drawing.hatched(area);
            // Words on plain ground: hatching behind small text would blur it.
            drawing.rect(Area(x + 9, y + 7, step_x - 19, step_y - 15), PAGE);
            ON_ONE
        };
        let middle = TextStyle::new(14, ink).anchored(Anchor::Middle);
        drawing.text((x + step_x / 2 - 1, y + 21), &place.municipality.name, middle);
        drawing.text((x + step_x / 2 - 1, y + 39), &count.words(), TextStyle { size: 13, ..middle });
    }
    let description: Vec<String> =
        places.iter().map(|place| format!("{} {}", place.municipality.name, FieldCount::of(place).words())).collect();
    drawing.finish(frame, rows * step_y, title, &format!("{}。", description.join("、")))
}

fn fill(count: FieldCount) -> Option<(Paint, Paint)> {
    match count {
        FieldCount::NotSubmitted => None,
        FieldCount::Known(0) | FieldCount::Between(0, _) => Some((PAGE, INK)),
        FieldCount::Known(1) | FieldCount::Between(1, _) => Some((ONE, ON_ONE)),
        FieldCount::Known(2) | FieldCount::Between(..) => Some((TWO, ON_TWO)),
        FieldCount::Known(_) => Some((THREE, ON_THREE)),
    }
}
