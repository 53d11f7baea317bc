//! Shares as bars on one scale from 0 to 100 %, what is undetermined hatched behind them.

use shared::indicator::{Field, Outcome};

use super::drawing::{Anchor, Area, Drawing, TextStyle};
use super::palette::{INK, Look, MUTED, TRACK, field_paint, field_shape};
use super::scale::Scale;
use super::text::text_width;
use super::{Frame, Layout};

/// Size of remarks in the wide layout.
const REMARK: i32 = 14;

/// A bar that stands for no field.
const PLAIN: Look = Look::Stage { place: 1, of: 2 };

/// One bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// Its name.
    pub label: String,
    /// The field it stands for: gives colour and mark.
    pub field: Option<Field>,
    /// Its counts; `None` prints 秘匿.
    pub outcome: Option<Outcome>,
    /// What is said beside the share, e.g. 「前年度より ＋5.0ポイント」.
    pub remark: String,
}

/// The bars, one below the other, in the order given.
pub fn bars(frame: Frame<'_>, title: &str, bars: &[Bar]) -> String {
    let width = frame.layout.width();
    let row_height = match frame.layout {
        Layout::Wide => 58,
        Layout::Narrow => 72,
    };
    let scale = Scale::of_shares((0, width));
    let remarks = bars.iter().map(|bar| text_width(&bar.remark, REMARK)).max().unwrap_or(0);
    let mut drawing = Drawing::new(frame);
    let mut top = 0;
    for bar in bars {
        draw_row(&mut drawing, frame.layout, &scale, top, bar, remarks);
        top += row_height;
    }
    for permille in [0, 250, 500, 750, 1000] {
        let anchor = match permille {
            0 => Anchor::Start,
            1000 => Anchor::End,
            _ => Anchor::Middle,
        };
        let words = format!("{}{}", permille / 10, if permille == 1000 { "％" } else { "" });
        let x = scale.at(permille).clamp(1, width - 1);
        drawing.line((x, top - 4), (x, top + 1), MUTED, 1, false);
        drawing.text((scale.at(permille), top + 15), &words, TextStyle::new(13, MUTED).anchored(anchor));
    }
    drawing.line((0, top - 4), (width, top - 4), MUTED, 1, false);
    let description: Vec<String> = bars.iter().map(describe).collect();
    drawing.finish(frame, top + 22, title, &description.join(""))
}

fn draw_row(drawing: &mut Drawing, layout: Layout, scale: &Scale, top: i32, bar: &Bar, remarks: i32) {
    let width = layout.width();
    let name_x = if bar.field.is_some() { 20 } else { 0 };
    if let Some(field) = bar.field {
        drawing.mark(field_shape(field), (7, top + 13), 6, field_paint(field), false);
    }
    drawing.text((name_x, top + 19), &bar.label, TextStyle::new(16, INK).bold());
    let bar_top = top + 28;
    let Some(outcome) = bar.outcome else {
        drawing.text((width, top + 19), "秘匿", TextStyle::new(16, MUTED).anchored(Anchor::End));
        drawing.tile(Area(1, bar_top + 1, width - 2, 14), Look::Stage { place: 0, of: 2 }, true);
        return;
    };
    let share = outcome.share();
    let counts = format!("{}／{}", share.numerator, share.denominator);
    match layout {
        Layout::Wide => {
            // Three columns whose right edges line up from bar to bar.
            let counts_end = if remarks == 0 { width } else { width - remarks - 20 };
            let share_end = counts_end - text_width(&counts, 16) - 20;
            let end = |style: TextStyle| style.anchored(Anchor::End);
            drawing.text((share_end, top + 19), &share.to_string(), end(TextStyle::new(18, INK).bold()));
            drawing.text((counts_end, top + 19), &counts, end(TextStyle::new(16, INK)));
            drawing.text((width, top + 19), &bar.remark, end(TextStyle::new(REMARK, MUTED)));
        }
        Layout::Narrow => {
            let words = format!("{share} {counts}");
            drawing.text((width, top + 19), &words, TextStyle::new(15, INK).bold().anchored(Anchor::End));
            drawing.text((width, bar_top + 31), &bar.remark, TextStyle::new(12, MUTED).anchored(Anchor::End));
        }
    }
    drawing.rect(Area(0, bar_top, width, 16), TRACK);
    let (Some(lower), Some(upper)) = (scale.at_share(share), scale.at_share(outcome.upper())) else { return };
    if upper > lower {
        drawing.hatched(Area(lower, bar_top, upper - lower, 16));
    }
    if lower > 0 {
        drawing.rect(Area(0, bar_top, lower, 16), bar.field.map_or(PLAIN.ground().fill, field_paint));
    }
}

fn describe(bar: &Bar) -> String {
    let Some(outcome) = bar.outcome else { return format!("{}は秘匿。", bar.label) };
    let share = outcome.share();
    let counts = format!("{}は{}団体のうち{}団体で{share}", bar.label, share.denominator, share.numerator);
    let undetermined = match outcome.undetermined() {
        0 => String::new(),
        n => format!("、未確定{n}団体を含めると{}まで", outcome.upper()),
    };
    let separator = if bar.remark.is_empty() { "" } else { "、" };
    format!("{counts}{undetermined}{separator}{}。", bar.remark)
}
