//! What the looks of a picture mean, in words.

use super::drawing::{Area, Drawing, TextStyle};
use super::palette::{INK, Look};
use super::text::{shortened, text_width};

/// Size of the words.
const SIZE: i32 = 13;
/// Height of a line.
const LINE: i32 = 22;
/// Width of a swatch with the gap behind it.
const SWATCH: i32 = 24;

/// Writes the entries below `top`, as many a line as fit into `width`, and gives the height used.
pub fn legend<'a>(
    drawing: &mut Drawing,
    top: i32,
    width: i32,
    entries: impl IntoIterator<Item = (Look, &'a str)>,
) -> i32 {
    let (mut x, mut y) = (0, top);
    for (look, label) in entries {
        let label = shortened(label, SIZE, width - SWATCH);
        let length = SWATCH + text_width(&label, SIZE);
        if x > 0 && x + length > width {
            (x, y) = (0, y + LINE);
        }
        drawing.surface(Area(x + 1, y + 3, 16, 14), look);
        drawing.text((x + SWATCH, y + 15), &label, TextStyle::new(SIZE, INK));
        x += length + 16;
    }
    if x == 0 { 0 } else { y + LINE - top }
}
