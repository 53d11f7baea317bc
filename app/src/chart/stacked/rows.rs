//! Rows of bars: label, bar and n, beside each other on wide screens and below each other on narrow ones.

use shared::share::Share;
use shared::tabulation::Count;

use super::segments::{Segment, Segments};
use super::{Part, StackedRow};
use crate::chart::Layout;
use crate::chart::drawing::{Anchor, Area, Drawing, TextStyle};
use crate::chart::palette::{INK, MUTED, TRACK};
use crate::chart::scale::Scale;
use crate::chart::text::{kept_inside, shortened, text_width, wrapped};

/// Size of labels.
const LABEL: i32 = 14;
/// Size of what stands in or beside bars.
const SMALL: i32 = 13;
/// Height of a line of labels.
const LINE: i32 = 18;
/// Height of a bar.
pub const BAR: i32 = 26;

/// Where the columns of a row lie.
pub struct Rows {
    layout: Layout,
    /// Where bars begin.
    pub left: i32,
    /// Where they end.
    pub right: i32,
}

impl Rows {
    /// The columns of a layout.
    pub fn of(layout: Layout) -> Self {
        let (left, right) = match layout {
            Layout::Wide => (196, layout.width() - 84),
            Layout::Narrow => (0, layout.width()),
        };
        Self { layout, left, right }
    }

    /// Where a number of municipalities out of `whole` lies, in units.
    fn at(&self, count: u32, whole: u32) -> i32 {
        let (width, count, whole) = (i64::from(self.right - self.left), i64::from(count), i64::from(whole.max(1)));
        self.left + i32::try_from((2 * width * count + whole) / (2 * whole)).unwrap_or(self.right)
    }

    /// Draws a row's label and n below `top`; gives where its bar begins.
    fn heading(&self, drawing: &mut Drawing, top: i32, label: &str, strong: bool, n: &str) -> i32 {
        let style = TextStyle::new(LABEL, INK);
        let style = if strong { style.bold() } else { style };
        let beside = TextStyle::new(SMALL, MUTED).anchored(Anchor::End);
        let width = self.layout.width();
        match self.layout {
            Layout::Wide => {
                let lines = wrapped(label, LABEL, self.left - 14, 2);
                let first = top + if lines.len() > 1 { LINE - 3 } else { LINE + 5 };
                for (line, y) in lines.iter().zip((first..).step_by(16)) {
                    drawing.text((self.left - 12, y), line, style.anchored(Anchor::End));
                }
                drawing.text((width, top + LINE + 5), n, beside);
                top + 5
            }
            Layout::Narrow => {
                let lines = wrapped(label, LABEL, width - text_width(n, SMALL) - 8, 3);
                for (line, y) in lines.iter().zip((top + LINE - 3..).step_by(17)) {
                    drawing.text((0, y), line, style);
                }
                drawing.text((width, top + LINE - 3), n, beside);
                top + 5 + 17 * i32::try_from(lines.len()).unwrap_or(1)
            }
        }
    }

    /// Where the row after a bar begins.
    pub fn below(&self, bar: i32) -> i32 {
        bar + BAR + if self.layout == Layout::Wide { 6 } else { 10 }
    }

    /// Draws a row's label and n below `top`, and words where there is nothing to draw; gives where its bar begins.
    pub fn begin(
        &self,
        drawing: &mut Drawing,
        top: i32,
        row: &StackedRow,
        segments: &Segments<'_>,
        parts: &[Part],
    ) -> i32 {
        let n = match Segments::answered(row, parts) {
            Some(answered) => format!("n={answered}/{}", row.register),
            None => format!("N={}", row.register),
        };
        let bar = self.heading(drawing, top, &row.label, row.emphasis, &n);
        if segments.segments.is_empty() {
            let words = if segments.whole == 0 {
                "対象の団体がありません"
            } else {
                "集計した回答がありません"
            };
            drawing.text((self.left + 4, bar + 18), words, TextStyle::new(SMALL, MUTED));
        }
        bar
    }

    /// Draws a bar of 100 % below `top`; gives where the next begins.
    pub fn bar(&self, drawing: &mut Drawing, top: i32, row: &StackedRow, parts: &[Part]) -> i32 {
        let segments = Segments::of(row, parts);
        let bar = self.begin(drawing, top, row, &segments, parts);
        for segment in &segments.segments {
            let (from, to) = (self.at(segment.from, segments.whole), self.at(segment.to, segments.whole));
            Self::segment(drawing, &row.label, &segments, segment, Area(from, bar, (to - from).max(1), BAR));
        }
        self.below(bar)
    }

    /// Draws a segment with its share where that fits.
    pub fn segment(drawing: &mut Drawing, row: &str, segments: &Segments<'_>, segment: &Segment<'_>, area: Area) {
        let share = segments.share(segment);
        let inside = if segment.part.is_some() { tenths(share) } else { "秘匿".to_owned() };
        drawing.told(&format!("{row}：{}", segments.words(segment)), |drawing| {
            drawing.surface(area, segment.look());
            let Area(x, y, width, _) = area;
            if text_width(&inside, SMALL) + 8 <= width {
                drawing.on_surface((x + width / 2, y + 18), &inside, SMALL, segment.look());
            }
        });
    }

    /// Draws a bar for each category of a group whose members gave several answers.
    pub fn choices(&self, drawing: &mut Drawing, top: i32, row: &StackedRow, parts: &[Part]) -> i32 {
        let style = TextStyle::new(LABEL, INK);
        let words = format!("{}（{}団体）", row.label, row.register);
        let words = shortened(&words, LABEL, self.layout.width());
        drawing.text((0, top + LINE), &words, if row.emphasis { style.bold() } else { style });
        let mut top = top + LINE + 8;
        for (part, count) in parts.iter().zip(&row.counts) {
            let share = count.shown().map(|count| Share::new(count, row.register));
            let said = match (share, count) {
                (Some(share), _) => share.to_string(),
                (None, Count::NotOffered) => "選択肢なし".to_owned(),
                (None, Count::Shown(_) | Count::Suppressed) => "秘匿".to_owned(),
            };
            let bar = self.heading(drawing, top, &part.label, false, &said);
            drawing.rect(Area(self.left, bar, self.right - self.left, BAR), TRACK);
            if let Some(share) = share.filter(|share| share.numerator > 0) {
                let to = self.at(share.numerator.min(row.register), row.register);
                let words = format!("{}：{} {}団体（{share}）", row.label, part.label, share.numerator);
                drawing.told(&words, |drawing| {
                    drawing.surface(Area(self.left, bar, (to - self.left).max(1), BAR), part.look);
                });
            }
            top = self.below(bar);
        }
        top + 8
    }
}

/// Draws the axis of shares below `top`; gives the height used so far.
pub fn draw_axis(drawing: &mut Drawing, rows: &Rows, top: i32) -> i32 {
    let scale = Scale::of_shares((rows.left, rows.right));
    drawing.line((rows.left, top), (rows.right, top), MUTED, 1, false);
    for permille in [0, 250, 500, 750, 1000] {
        let words = format!("{}{}", permille / 10, if permille == 1000 { "％" } else { "" });
        let x = scale.at(permille);
        drawing.line((x, top), (x, top + 5), MUTED, 1, false);
        let middle = kept_inside(x, text_width(&words, SMALL), rows.layout.width());
        drawing.text((middle, top + 19), &words, TextStyle::new(SMALL, MUTED).anchored(Anchor::Middle));
    }
    top + 26
}

/// 「67.5」: a share whose unit stands at the axis.
fn tenths(share: Share) -> String {
    share.to_string().trim_end_matches('％').to_owned()
}
