//! Municipalities by areas as shaded cells, each with its value in words where that fits.
//!
//! Columns are numbered where their names are too long, and named below. A picture of more than [`MOST`] rows would be
//! unreadable: it shows the first ones, the own row always, and says how many more the table holds.

use super::drawing::{Anchor, Area, Drawing, TextStyle};
use super::palette::{INK, Look, MUTED};
use super::text::{shortened, text_width, wrapped};
use super::{Frame, Layout};

/// Rows that a picture shows.
pub const MOST: usize = 60;
/// Steps of shade.
const SHADES: u8 = 7;
/// Size of words in cells and of labels.
const SIZE: i32 = 13;
/// Height of a row.
const ROW: i32 = 26;

/// A table of shaded cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeatMap {
    /// The columns' names.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<HeatRow>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeatRow {
    /// Its name.
    pub label: String,
    /// Stands out.
    pub own: bool,
    /// One cell a column.
    pub cells: Vec<HeatCell>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeatCell {
    /// A value.
    Value {
        /// How dark: 0 to 1,000.
        permille: u16,
        /// The value in words.
        words: String,
    },
    /// Why there is no value.
    Missing(String),
}

impl HeatCell {
    fn look(&self) -> Look {
        match self {
            Self::Value { permille, .. } => {
                let step = (u32::from(*permille).min(1000) * u32::from(SHADES - 1) + 500) / 1000;
                Look::Stage { place: u8::try_from(step).unwrap_or(SHADES - 1), of: SHADES }
            }
            Self::Missing(_) => Look::Missing(0),
        }
    }

    fn words(&self) -> &str {
        match self {
            Self::Value { words, .. } | Self::Missing(words) => words,
        }
    }
}

/// Draws the rows in the order given.
pub fn heat_map(frame: Frame<'_>, title: &str, map: &HeatMap) -> String {
    let width = frame.layout.width();
    let labels = match frame.layout {
        Layout::Wide => 132,
        Layout::Narrow => 76,
    };
    let columns = i32::try_from(map.columns.len()).unwrap_or(i32::MAX).max(1);
    let cell = ((width - labels) / columns).max(1);
    let mut drawing = Drawing::new(frame);
    let numbered = map.columns.iter().any(|name| wrapped(name, SIZE, cell - 4, 3).concat().ends_with('…'));
    let mut top = draw_columns(&mut drawing, map, labels, cell, numbered);
    let first = map.rows.len().min(MOST);
    let own_later = map.rows.iter().skip(first).filter(|row| row.own);
    for row in map.rows.iter().take(first).chain(own_later) {
        draw_row(&mut drawing, map, row, labels, cell, top);
        top += ROW;
    }
    let left = map.rows.iter().skip(first).filter(|row| !row.own).count();
    let mut note = |words: &str| {
        top += 20;
        drawing.text((0, top), words, TextStyle::new(SIZE, MUTED));
    };
    if map.rows.is_empty() {
        note("表示できる市町村がありません");
    }
    if left > 0 {
        note(&format!("ほか{left}団体は下の表にあります"));
    }
    if numbered {
        for (number, name) in (1..).zip(&map.columns) {
            note(&shortened(&format!("{number} {name}"), SIZE, width));
        }
    }
    drawing.finish(frame, top + 8, title, &describe(map))
}

/// Names the columns, or numbers them; gives where rows begin.
fn draw_columns(drawing: &mut Drawing, map: &HeatMap, labels: i32, cell: i32, numbered: bool) -> i32 {
    let names = |name: &str, number: i32| {
        if numbered { vec![number.to_string()] } else { wrapped(name, SIZE, cell - 4, 3) }
    };
    let lines = map.columns.iter().map(|name| names(name, 0).len()).max().unwrap_or(0);
    let height = 16 * i32::try_from(lines).unwrap_or(1);
    for (place, name) in (0..).zip(&map.columns) {
        let lines = names(name, place + 1);
        let above = height - 16 * i32::try_from(lines.len()).unwrap_or(1);
        for (line, y) in lines.iter().zip((above + 14..).step_by(16)) {
            let style = TextStyle::new(SIZE, INK).anchored(Anchor::Middle);
            drawing.text((labels + place * cell + cell / 2, y), line, style);
        }
    }
    height + 6
}

fn draw_row(drawing: &mut Drawing, map: &HeatMap, row: &HeatRow, labels: i32, cell: i32, top: i32) {
    let style = TextStyle::new(SIZE, INK);
    let label = shortened(&row.label, SIZE, labels - 8);
    drawing.text((0, top + 17), &label, if row.own { style.bold() } else { style });
    for ((place, value), column) in (0..).zip(&row.cells).zip(&map.columns) {
        let area = Area(labels + place * cell, top, cell - 2, ROW - 2);
        drawing.told(&format!("{} {column}：{}", row.label, value.words()), |drawing| {
            drawing.surface(area, value.look());
            if text_width(value.words(), SIZE) + 4 <= cell - 2 {
                let middle = area.0 + (cell - 2) / 2;
                drawing.on_surface((middle, top + 17), value.words(), SIZE, value.look());
            }
        });
    }
    if row.own {
        let width = i32::try_from(row.cells.len()).unwrap_or(0) * cell;
        drawing.frame(Area(labels - 2, top - 2, width + 2, ROW + 2), INK, 3);
    }
}

fn describe(map: &HeatMap) -> String {
    if map.rows.is_empty() {
        return "表示できる市町村がありません。".to_owned();
    }
    let columns = map.columns.join("、");
    let own = map.rows.iter().filter(|row| row.own).map(|row| {
        let cells: Vec<String> =
            map.columns.iter().zip(&row.cells).map(|(column, cell)| format!("{column} {}", cell.words())).collect();
        format!("{}は{}。", row.label, cells.join("、"))
    });
    let own: String = own.collect();
    format!("{}団体について、{columns}の値を濃さで表しています。{own}すべての値は表にあります。", map.rows.len())
}
