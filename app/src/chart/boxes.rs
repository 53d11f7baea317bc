//! Distributions on one axis: box from the lower to the upper quartile, line at the median, whiskers to the last values
//! within 1.5 times the quartiles' distance, what lies beyond as points.
//!
//! Source: J. W. Tukey, *Exploratory Data Analysis* (1977); quartiles are type 7 of Hyndman and Fan (1996). Whiskers end at
//! values that exist, never beyond the data. A box of few values would say more than they do: below ten, every value is a
//! point instead.

use super::axis::{Axis, Mark};
use super::drawing::{Anchor, Area, Drawing, TextStyle};
use super::palette::{GRID, INK, Look, MUTED, Shape};
use super::scale::Scale;
use super::text::{kept_inside, text_width, wrapped};
use super::{Frame, Layout};

/// Fewer values than that are points.
const FEW: usize = 10;
/// Size of labels.
const LABEL: i32 = 14;
/// Size of what stands at marks.
const SMALL: i32 = 13;
/// Half a box's height.
const HALF: i32 = 11;

/// Distributions on one axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Boxes {
    /// What values are measured in.
    pub axis: Axis,
    /// The distributions.
    pub rows: Vec<BoxRow>,
}

/// One distribution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoxRow {
    /// Whose.
    pub label: String,
    /// Every value.
    pub values: Vec<Mark>,
    /// The own value.
    pub own: Option<Mark>,
    /// Lower quartile, median, upper quartile (type 7) in units of the axis; `None` draws points only, as do fewer than
    /// ten values.
    pub quartiles: Option<[i32; 3]>,
}

/// What is drawn of a distribution with a box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Shown {
    quartiles: [i32; 3],
    whiskers: (i32, i32),
}

impl BoxRow {
    /// The box, where there are values enough for one.
    fn shown(&self) -> Option<Shown> {
        let quartiles = self.quartiles.filter(|_| self.values.len() >= FEW)?;
        let [lower, _, upper] = quartiles;
        // Twice the fences, so that halves stay whole.
        let reach = 3 * (i64::from(upper) - i64::from(lower));
        let inside = |at: i32| {
            let at = 2 * i64::from(at);
            2 * i64::from(lower) - reach <= at && at <= 2 * i64::from(upper) + reach
        };
        let within = || self.values.iter().map(|mark| mark.at).filter(|at| inside(*at));
        let whiskers = (within().min()?.min(lower), within().max()?.max(upper));
        Some(Shown { quartiles, whiskers })
    }

    fn words(&self, axis: &Axis) -> String {
        let Some((least, most)) = self.ends() else { return format!("{}：値がありません", self.label) };
        let own = self.own.as_ref().map(|own| format!("、自団体 {}", own.words)).unwrap_or_default();
        let middle = self.shown().map(|shown| {
            let [lower, median, upper] = shown.quartiles.map(|at| axis.words(at));
            format!("、中央値 {median}、四分位 {lower}〜{upper}")
        });
        let middle = middle.unwrap_or_default();
        format!("{}：n={}、最小 {}、最大 {}{middle}{own}", self.label, self.values.len(), least.words, most.words)
    }

    fn ends(&self) -> Option<(&Mark, &Mark)> {
        let least = self.values.iter().min_by_key(|mark| mark.at)?;
        Some((least, self.values.iter().max_by_key(|mark| mark.at)?))
    }
}

/// Draws the distributions, one below the other.
pub fn boxes(frame: Frame<'_>, title: &str, boxes: &Boxes) -> String {
    let width = frame.layout.width();
    let pixels = match frame.layout {
        Layout::Wide => (170, width - 14),
        Layout::Narrow => (12, width - 12),
    };
    let scale = boxes.axis.scale(pixels);
    let mut drawing = Drawing::new(frame);
    let mut top = 0;
    for row in &boxes.rows {
        top = draw_row(&mut drawing, frame.layout, &boxes.axis, &scale, row, top);
    }
    top = boxes.axis.draw(&mut drawing, frame.layout, pixels, top + 4);
    let words: Vec<String> = boxes.rows.iter().map(|row| format!("{}。", row.words(&boxes.axis))).collect();
    let words = if words.is_empty() { "表示できる分布がありません。".to_owned() } else { words.concat() };
    drawing.finish(frame, top, title, &words)
}

/// Draws a distribution below `top`; gives where the next begins.
fn draw_row(drawing: &mut Drawing, layout: Layout, axis: &Axis, scale: &Scale, row: &BoxRow, top: i32) -> i32 {
    let n = format!("n={}", row.values.len());
    let above = if row.own.is_some() { 20 } else { 4 };
    let centre = match layout {
        Layout::Wide => {
            let centre = top + above + HALF + 6;
            for (line, y) in wrapped(&row.label, LABEL, 142, 2).iter().zip((centre - 2..).step_by(16)) {
                drawing.text((0, y), line, TextStyle::new(LABEL, INK));
            }
            let below = if text_width(&row.label, LABEL) > 142 { 30 } else { 15 };
            drawing.text((0, centre + below), &n, TextStyle::new(SMALL, MUTED));
            centre
        }
        Layout::Narrow => {
            drawing.text((0, top + 18), &super::text::shortened(&row.label, LABEL, 220), TextStyle::new(LABEL, INK));
            drawing.text((layout.width(), top + 18), &n, TextStyle::new(SMALL, MUTED).anchored(Anchor::End));
            top + 24 + above + HALF
        }
    };
    let (first, last) = axis.ends();
    let at = |value: i32| scale.at(value.clamp(first, last));
    drawing.line((scale.at(first), centre), (scale.at(last), centre), GRID, 1, false);
    if row.values.is_empty() {
        drawing.text((scale.at(first) + 6, centre - 4), "値がありません", TextStyle::new(SMALL, MUTED));
    }
    let shown = row.shown();
    if let Some(Shown { quartiles: [lower, median, upper], whiskers: (least, most) }) = shown {
        drawing.told(&row.words(axis), |drawing| {
            drawing.line((at(least), centre), (at(most), centre), INK, 1, false);
            for end in [least, most] {
                drawing.line((at(end), centre - 6), (at(end), centre + 6), INK, 1, false);
            }
            let body = Area(at(lower), centre - HALF, (at(upper) - at(lower)).max(1), 2 * HALF);
            drawing.surface(body, Look::Stage { place: 1, of: 4 });
            drawing.line((at(median), centre - HALF), (at(median), centre + HALF), INK, 3, false);
        });
    }
    let outside = |mark: &&Mark| shown.is_none_or(|shown| mark.at < shown.whiskers.0 || mark.at > shown.whiskers.1);
    for mark in row.values.iter().filter(outside) {
        let words = format!("{}：{}", row.label, mark.words);
        drawing.told(&words, |drawing| drawing.mark(Shape::Circle, (at(mark.at), centre), 4, MUTED, true));
    }
    if let Some(own) = &row.own {
        drawing.mark(Shape::Diamond, (at(own.at), centre), 7, INK, false);
        let middle = kept_inside(at(own.at), text_width(&own.words, SMALL), layout.width());
        let style = TextStyle::new(SMALL, INK).bold().anchored(Anchor::Middle);
        drawing.text((middle, centre - HALF - 5), &own.words, style);
    }
    centre + HALF + if layout == Layout::Wide { 22 } else { 10 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(values: &[i32], quartiles: [i32; 3]) -> BoxRow {
        let mark = |at: &i32| Mark::new(*at, at.to_string());
        BoxRow {
            label: "5万人以上".to_owned(),
            values: values.iter().map(mark).collect(),
            own: None,
            quartiles: Some(quartiles),
        }
    }

    #[test]
    fn whiskers_end_at_values_and_what_lies_beyond_is_a_point() {
        let sample = row(&[0, 400, 410, 420, 430, 440, 450, 460, 470, 1000], [412, 435, 457]);
        assert_eq!(sample.shown().unwrap().whiskers, (400, 470));
        let frame = Frame { id: "box", layout: Layout::Wide, demonstration: false, around: None };
        let drawn = boxes(frame, "分布", &Boxes { axis: Axis::Share, rows: vec![sample] });
        assert_eq!(drawn.matches("<circle").count(), 2);
    }

    #[test]
    fn few_values_are_points_and_equal_ones_a_box_without_width() {
        assert_eq!(row(&[1, 2, 3, 4, 5, 6, 7, 8, 9], [3, 5, 7]).shown(), None);
        let ties = row(&[500; 12], [500, 500, 500]).shown().unwrap();
        assert_eq!(ties.whiskers, (500, 500));
    }
}
