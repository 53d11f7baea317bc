//! Two years of the same things, each joined by a line whose ends are labelled.
//!
//! A line that stands out or stands for a field is dark and labelled at both ends, labels kept apart; the others are grey
//! and are labelled as long as their labels have room. What has a value in one year only is a mark without a line.

use shared::indicator::Field;

use super::axis::{Axis, Mark};
use super::drawing::{Anchor, Drawing, TextStyle};
use super::palette::{GRID, INK, MUTED, Paint, Shape, field_paint, field_shape};
use super::scale::Scale;
use super::text::{shortened, spread, text_width};
use super::{Frame, Layout};

/// Size of labels.
const LABEL: i32 = 13;
/// Least distance of two baselines.
const GAP: i32 = 17;
/// Lines that the description names one by one.
const DESCRIBED: usize = 60;
/// Where the plot begins below the years.
const TOP: i32 = 40;

/// Values of two years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slope {
    /// The earlier year.
    pub from: String,
    /// The later year.
    pub to: String,
    /// What values are measured in.
    pub axis: Axis,
    /// The lines.
    pub lines: Vec<SlopeLine>,
}

/// One thing in two years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlopeLine {
    /// Its name.
    pub label: String,
    /// The earlier value.
    pub from: Option<Mark>,
    /// The later value.
    pub to: Option<Mark>,
    /// Stands out, e.g. the own one.
    pub emphasis: bool,
    /// The field it stands for: gives colour and mark.
    pub field: Option<Field>,
}

impl SlopeLine {
    fn strong(&self) -> bool {
        self.emphasis || self.field.is_some()
    }

    fn paint(&self) -> Paint {
        match self.field {
            Some(field) => field_paint(field),
            None if self.emphasis => INK,
            None => MUTED,
        }
    }

    fn shape(&self) -> Shape {
        self.field.map_or(if self.emphasis { Shape::Square } else { Shape::Circle }, field_shape)
    }

    fn words(&self) -> String {
        let said = |mark: &Option<Mark>| mark.as_ref().map_or_else(|| "値なし".to_owned(), |mark| mark.words.clone());
        format!("{}：{} → {}", self.label, said(&self.from), said(&self.to))
    }
}

/// Draws the lines between two upright axes.
pub fn slope(frame: Frame<'_>, title: &str, slope: &Slope) -> String {
    let width = frame.layout.width();
    let (margin, height) = match frame.layout {
        Layout::Wide => (210, 330),
        Layout::Narrow => (92, 300),
    };
    let (left, right, bottom) = (margin, width - margin, TOP + height);
    let scale = slope.axis.scale((bottom, TOP));
    let mut drawing = Drawing::new(frame);
    for (x, year, anchor) in [(left, &slope.from, Anchor::End), (right, &slope.to, Anchor::Start)] {
        drawing.text((x, 18), year, TextStyle::new(14, INK).bold().anchored(anchor));
        drawing.line((x, TOP - 10), (x, bottom), GRID, 2, false);
    }
    if slope.lines.is_empty() {
        let style = TextStyle::new(LABEL, MUTED).anchored(Anchor::Middle);
        drawing.text((width / 2, TOP + 30), "比べられる値がありません", style);
    }
    let at = |mark: &Mark| scale.at(clamped(mark.at, &slope.axis));
    // Dark lines last: they lie above the others.
    let mut order: Vec<&SlopeLine> = slope.lines.iter().collect();
    order.sort_by_key(|line| line.strong());
    for line in order {
        let (from, to) = (line.from.as_ref().map(at), line.to.as_ref().map(at));
        drawing.told(&line.words(), |drawing| {
            if let (Some(from), Some(to)) = (from, to) {
                drawing.line((left, from), (right, to), line.paint(), if line.strong() { 3 } else { 1 }, false);
            }
            for (x, y) in [(left, from), (right, to)] {
                if let Some(y) = y {
                    drawing.mark(line.shape(), (x, y), if line.strong() { 5 } else { 3 }, line.paint(), !line.strong());
                }
            }
        });
    }
    for (end, x) in [(End::From, left), (End::To, right)] {
        draw_labels(&mut drawing, slope, &scale, end, x, margin);
    }
    drawing.finish(frame, bottom + 24, title, &describe(slope))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    From,
    To,
}

/// Writes the labels of one end, dark lines first, others as long as there is room for a line each.
fn draw_labels(drawing: &mut Drawing, slope: &Slope, scale: &Scale, end: End, x: i32, margin: i32) {
    let (bottom, top) = (scale.at(slope.axis.ends().0), scale.at(slope.axis.ends().1));
    let room = usize::try_from((bottom - top) / GAP + 1).unwrap_or(0);
    let mark = |line: &SlopeLine| if end == End::From { line.from.clone() } else { line.to.clone() };
    let mut labels: Vec<(i32, Mark, &SlopeLine)> = slope
        .lines
        .iter()
        .filter_map(|line| mark(line).map(|mark| (scale.at(clamped(mark.at, &slope.axis)), mark, line)))
        .collect();
    labels.sort_by_key(|(.., line)| !line.strong());
    labels.truncate(room);
    labels.sort_by_key(|(y, ..)| *y);
    let wanted: Vec<i32> = labels.iter().map(|(y, ..)| *y).collect();
    for ((y, mark, line), place) in labels.into_iter().zip(spread(&wanted, GAP, bottom + 12)) {
        let (anchor, side) = if end == End::From { (Anchor::End, -1) } else { (Anchor::Start, 1) };
        if (place - y).abs() > 4 {
            drawing.line((x + side * 8, y), (x + side * 15, place), GRID, 1, false);
        }
        let words = labelled(&line.label, &mark.words, margin - 18);
        let style = TextStyle::new(LABEL, line.paint()).anchored(anchor);
        drawing.text((x + side * 17, place + 5), &words, if line.emphasis { style.bold() } else { style });
    }
}

/// Name and value, the name shortened as far as the value needs the room.
fn labelled(label: &str, value: &str, width: i32) -> String {
    let room = width - text_width(value, LABEL) - LABEL / 2 - 1;
    if room < 2 * LABEL { shortened(value, LABEL, width) } else { format!("{} {value}", shortened(label, LABEL, room)) }
}

fn clamped(at: i32, axis: &Axis) -> i32 {
    let (from, to) = axis.ends();
    at.clamp(from, to)
}

fn describe(slope: &Slope) -> String {
    if slope.lines.is_empty() {
        return "比べられる値がありません。".to_owned();
    }
    // More than that nobody listens to; the table has them all.
    let few = slope.lines.len() <= DESCRIBED;
    let lines = slope.lines.iter().filter(|line| few || line.strong());
    let lines: String = lines.flat_map(|line| [line.words(), "。".to_owned()]).collect();
    format!("{}から{}、{}本の線。{lines}", slope.from, slope.to, slope.lines.len())
}
