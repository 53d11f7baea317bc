//! Counts of municipalities as horizontal bars of 100 %: one bar a group, one segment a category.
//!
//! Nobody is left out of a bar: 無回答 and 未提出 are segments of their own, hatched grey, and n stands beside it. What is
//! suppressed is one segment 「秘匿」 as long as the rest, so that no length gives a hidden count away.

mod rows;
mod segments;

use shared::tabulation::Count;

use self::rows::draw_axis;
pub use self::rows::{BAR, Rows};
pub use self::segments::{Segment, Segments};
use super::Frame;
use super::drawing::Drawing;
use super::legend::legend;
pub use super::palette::Look;

/// Bars of 100 %.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StackedBars {
    /// The categories, in the order of the segments; states without a value last.
    pub parts: Vec<Part>,
    /// The bars, in order.
    pub rows: Vec<StackedRow>,
    /// Several answers were allowed: shares may exceed 100 % together, so each category has a bar of its own.
    pub multiple: bool,
}

/// A category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its name.
    pub label: String,
    /// Its look.
    pub look: Look,
}

/// A group of municipalities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StackedRow {
    /// Its name.
    pub label: String,
    /// How many municipalities it holds: the whole of the bar.
    pub register: u32,
    /// How many of them are in each category, in the order of the parts.
    pub counts: Vec<Count>,
    /// Stands out, e.g. the latest year or all municipalities.
    pub emphasis: bool,
}

/// Draws the bars, one below the other, in the order given.
pub fn stacked(frame: Frame<'_>, title: &str, bars: &StackedBars) -> String {
    let mut drawing = Drawing::new(frame);
    let rows = Rows::of(frame.layout);
    let mut top = 0;
    if bars.multiple {
        for row in &bars.rows {
            top = rows.choices(&mut drawing, top, row, &bars.parts);
        }
    } else {
        top = legend(&mut drawing, 0, frame.layout.width(), entries(bars)) + 8;
        for row in &bars.rows {
            top = rows.bar(&mut drawing, top, row, &bars.parts);
        }
    }
    let height = draw_axis(&mut drawing, &rows, top);
    drawing.finish(frame, height, title, &description(bars))
}

/// The categories with their looks, and 秘匿 where something is, for a legend.
pub fn entries(bars: &StackedBars) -> impl Iterator<Item = (Look, &str)> {
    let suppressed = bars.rows.iter().any(|row| row.counts.contains(&Count::Suppressed));
    let parts = bars.parts.iter().map(|part| (part.look, part.label.as_str()));
    parts.chain(suppressed.then_some((Look::Suppressed, "秘匿")))
}

/// Every bar in a sentence.
pub fn description(bars: &StackedBars) -> String {
    if bars.rows.is_empty() {
        return "表示できる集計がありません。".to_owned();
    }
    let sentences = bars.rows.iter().map(|row| {
        let segments = Segments::of(row, &bars.parts);
        let words: Vec<String> = segments.segments.iter().map(|segment| segments.words(segment)).collect();
        let words = if words.is_empty() { "対象の団体がありません".to_owned() } else { words.join("、") };
        format!("{}（{}団体）：{words}。", row.label, row.register)
    });
    sentences.collect()
}
