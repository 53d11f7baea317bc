//! Ordered categories around a middle: what is on the way to the right, what is not to the left, the neutral one astride.
//!
//! All bars share one scale, so that what lies on either side can be compared from row to row. States without a value
//! take part in the whole but in neither side: they stand apart at the right, hatched.

use super::drawing::{Anchor, Area, Drawing, TextStyle};
use super::legend::legend;
use super::palette::{INK, MUTED};
use super::stacked::{BAR, Part, Rows, Segment, Segments, StackedBars, StackedRow, description, entries};
use super::text::{kept_inside, text_width};
use super::{Frame, Layout};

/// Between the right side's greatest reach and the states without a value.
const GAP: i32 = 10;
/// Size of words at the axis.
const SMALL: i32 = 13;

/// Bars of 100 % placed around a middle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DivergingBars {
    /// The bars; [`StackedBars::multiple`] has no meaning here.
    pub bars: StackedBars,
    /// That many first parts lie left of the middle.
    pub negative: usize,
    /// The part astride the middle.
    pub neutral: Option<usize>,
}

/// Where a segment belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Astride,
    Right,
    Apart,
}

impl DivergingBars {
    fn side(&self, part: Option<&Part>) -> Side {
        let Some(part) = part.filter(|part| part.look.is_value()) else { return Side::Apart };
        match self.bars.parts.iter().position(|other| other == part) {
            place if place == self.neutral && place.is_some() => Side::Astride,
            Some(place) if place < self.negative => Side::Left,
            _ => Side::Right,
        }
    }

    /// Twice the numbers of municipalities left of the middle, right of it, and apart, out of the whole.
    fn reach(&self, segments: &Segments<'_>) -> [u64; 3] {
        let mut reach = [0; 3];
        for segment in &segments.segments {
            let count = u64::from(segment.to - segment.from);
            match self.side(segment.part) {
                Side::Left => reach[0] += 2 * count,
                Side::Astride => {
                    reach[0] += count;
                    reach[1] += count;
                }
                Side::Right => reach[1] += 2 * count,
                Side::Apart => reach[2] += 2 * count,
            }
        }
        reach
    }
}

/// The scale common to all rows.
struct Plot {
    middle: i32,
    apart: i32,
    /// Units that the whole of a row would take.
    whole: i32,
}

impl Plot {
    fn new(bars: &DivergingBars, rows: &Rows) -> Self {
        let permille = |row: &StackedRow| {
            let segments = Segments::of(row, &bars.bars.parts);
            let whole = u64::from(segments.whole.max(1));
            bars.reach(&segments).map(|reach| i32::try_from((500 * reach).div_ceil(whole)).unwrap_or(1000))
        };
        let mut most = [0; 3];
        for row in &bars.bars.rows {
            for (most, reach) in most.iter_mut().zip(permille(row)) {
                *most = (*most).max(reach);
            }
        }
        let gap = if most[2] > 0 { GAP } else { 0 };
        let [left, right, apart] = most;
        let whole = (rows.right - rows.left - gap) * 1000 / (left + right + apart).max(1);
        let middle = rows.left + whole * left / 1000;
        Self { middle, apart: middle + whole * right / 1000 + gap, whole }
    }

    fn units(&self, count: u32, whole: u32) -> i32 {
        let (width, count, whole) = (i64::from(self.whole), i64::from(count), i64::from(whole.max(1)));
        i32::try_from((2 * width * count + whole) / (2 * whole)).unwrap_or(self.whole)
    }
}

/// Draws the bars, one below the other, in the order given.
pub fn diverging(frame: Frame<'_>, title: &str, bars: &DivergingBars) -> String {
    let mut drawing = Drawing::new(frame);
    let rows = Rows::of(frame.layout);
    let plot = Plot::new(bars, &rows);
    let mut top = legend(&mut drawing, 0, frame.layout.width(), entries(&bars.bars)) + 8;
    for row in &bars.bars.rows {
        let segments = Segments::of(row, &bars.bars.parts);
        let bar = rows.begin(&mut drawing, top, row, &segments, &bars.bars.parts);
        draw_row(&mut drawing, &plot, bars, row, &segments, bar);
        // The middle, beside the bar: across it, the line would run through words.
        for (from, to) in [(bar - 4, bar), (bar + BAR, bar + BAR + 4)] {
            drawing.line((plot.middle, from), (plot.middle, to), INK, 2, false);
        }
        top = rows.below(bar);
    }
    let end = draw_sides(&mut drawing, frame.layout, &plot, bars, top);
    drawing.finish(frame, end, title, &description(&bars.bars))
}

fn draw_row(
    drawing: &mut Drawing,
    plot: &Plot,
    bars: &DivergingBars,
    row: &StackedRow,
    segments: &Segments<'_>,
    bar: i32,
) {
    let units = |segment: &Segment<'_>| plot.units(segment.to - segment.from, segments.whole);
    let of = |side: Side| segments.segments.iter().filter(move |segment| bars.side(segment.part) == side);
    let left: i32 = of(Side::Left).map(units).sum();
    let astride: i32 = of(Side::Astride).map(units).sum();
    let start = plot.middle - astride / 2 - left;
    let mut place = |from: i32, segments_there: Vec<&Segment<'_>>| {
        let mut x = from;
        for segment in segments_there {
            let width = units(segment).max(1);
            Rows::segment(drawing, &row.label, segments, segment, Area(x, bar, width, BAR));
            x += width;
        }
    };
    place(start, of(Side::Left).chain(of(Side::Astride)).chain(of(Side::Right)).collect());
    place(plot.apart, of(Side::Apart).collect());
}

/// Says below the bars what the sides are; gives the height used so far.
fn draw_sides(drawing: &mut Drawing, layout: Layout, plot: &Plot, bars: &DivergingBars, top: i32) -> i32 {
    let parts = &bars.bars.parts;
    let ends = |range: &[Part]| match range {
        [] => String::new(),
        [only] => only.label.clone(),
        [first, .., last] => format!("{}〜{}", first.label, last.label),
    };
    let values = parts.iter().filter(|part| part.look.is_value()).count();
    let from = bars.neutral.map_or(bars.negative, |neutral| bars.negative.max(neutral + 1));
    let left = format!("← {}", ends(parts.get(..bars.negative.min(values)).unwrap_or_default()));
    let right = format!("{} →", ends(parts.get(from.min(values)..values).unwrap_or_default()));
    let style = TextStyle::new(SMALL, MUTED);
    let width = layout.width();
    let (left_width, right_width) = (text_width(&left, SMALL), text_width(&right, SMALL));
    let left_middle = kept_inside(plot.middle - 8 - left_width / 2, left_width, width);
    let right_middle = kept_inside(plot.middle + 8 + right_width / 2, right_width, width);
    let touch = left_middle + left_width / 2 + 8 > right_middle - right_width / 2;
    drawing.text((left_middle, top + 16), &left, style.anchored(Anchor::Middle));
    let second = if touch { top + 34 } else { top + 16 };
    drawing.text((right_middle, second), &right, style.anchored(Anchor::Middle));
    second + 10
}
