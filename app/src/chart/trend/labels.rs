//! Direct labels beside the last points, kept from overlapping, and the legend of the narrow layout.

use super::{Plot, Series, tenths};
use crate::chart::Layout;
use crate::chart::drawing::{Drawing, TextStyle};
use crate::chart::palette::{GRID, INK};
use crate::chart::text::{spread, text_width};

/// Least distance of two baselines, in units.
const GAP: i32 = 17;

/// Width that a line's label needs, in units.
pub fn width(layout: Layout, series: &Series) -> i32 {
    text_width(&words(layout, series), size(layout))
}

/// Writes each line's name and last value beside its last point.
pub fn draw_labels(drawing: &mut Drawing, plot: &Plot, series: &[Series]) {
    let mut labels: Vec<(i32, i32, &Series)> = series
        .iter()
        .filter_map(|line| {
            let (year, outcome) = line.points.last()?;
            Some((plot.shares.at_share(outcome.share())?, plot.x(*year), line))
        })
        .collect();
    labels.sort_by_key(|(y, ..)| *y);
    let wanted: Vec<i32> = labels.iter().map(|(y, ..)| *y).collect();
    for ((y, x, line), place) in labels.into_iter().zip(spread(&wanted, GAP, plot.bottom)) {
        if place != y {
            drawing.line((x + 8, y), (x + 14, place), GRID, 1, false);
        }
        let style = TextStyle::new(size(plot.layout), line.paint);
        drawing.text((x + 16, place + 5), &words(plot.layout, line), if line.headline { style.bold() } else { style });
    }
}

/// Names the lines below a narrow plot; gives the height used.
pub fn legend(drawing: &mut Drawing, top: i32, series: &[Series]) -> i32 {
    let mut y = top;
    for line in series {
        drawing.mark(line.shape, (8, y - 4), 5, line.paint, false);
        let last =
            line.points.last().map(|(year, outcome)| format!(" {}％（{}）", tenths(outcome.share()), year.year()));
        drawing.text((22, y), &format!("{}{}", line.name, last.unwrap_or_default()), TextStyle::new(13, INK));
        y += 20;
    }
    y
}

fn words(layout: Layout, series: &Series) -> String {
    let Some((_, outcome)) = series.points.last() else { return String::new() };
    match layout {
        Layout::Wide => format!("{} {}", series.name, outcome.share()),
        Layout::Narrow => outcome.share().to_string(),
    }
}

fn size(layout: Layout) -> i32 {
    match layout {
        Layout::Wide => 14,
        Layout::Narrow => 12,
    }
}
