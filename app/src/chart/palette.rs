//! Colours and shapes that mean the same everywhere.

use shared::indicator::Field;

use crate::figures::FieldCount;

/// A colour with the class by which the page's style replaces it in dark mode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paint {
    /// Suffix of the classes `fill-…` and `stroke-…`.
    pub name: &'static str,
    /// The light palette's colour.
    pub color: &'static str,
}

const fn paint(name: &'static str, color: &'static str) -> Paint {
    Paint { name, color }
}

/// Text and the headline's line.
pub const INK: Paint = paint("ink", "#1a1a1a");
/// Secondary text.
pub const MUTED: Paint = paint("muted", "#595959");
/// Grid and tracks' edges.
pub const GRID: Paint = paint("grid", "#cccccc");
/// What a bar could fill.
pub const TRACK: Paint = paint("track", "#f2f2f2");
/// Behind marks: the page.
pub const PAGE: Paint = paint("page", "#ffffff");
/// Lines of the hatching that means 未確定・未提出.
pub const HATCH: Paint = paint("hatch", "#767676");
/// Text on a light colour; dark in both modes where the colour stays light.
const DARK_TEXT: &str = "#1a1a1a";
const LIGHT_TEXT: &str = "#ffffff";

/// Blues from the page's ground to the darkest, each with the colour of text on it. Lightness alone orders them, so that
/// the order survives every type of colour vision and a grey print.
const RAMP: [Ground; 8] = [
    ground(PAGE, paint("ink", DARK_TEXT)),
    ground(paint("ramp-1", "#d9e6ff"), paint("on-ramp-1", DARK_TEXT)),
    ground(paint("ramp-2", "#9db7f9"), paint("on-ramp-2", DARK_TEXT)),
    ground(paint("ramp-3", "#7096f8"), paint("on-ramp-3", "#000000")),
    ground(paint("ramp-4", "#4979f5"), paint("on-ramp-4", "#000000")),
    ground(paint("ramp-5", "#264af4"), paint("on-ramp-5", LIGHT_TEXT)),
    ground(paint("ramp-6", "#0017c1"), paint("on-ramp-6", LIGHT_TEXT)),
    ground(paint("ramp-7", "#000060"), paint("on-ramp-7", LIGHT_TEXT)),
];

/// Colours without an order: dark and light in turn, so that neighbours differ in grey as well. After the last one they
/// come again, with another pattern.
const DISTINCT: [Ground; 6] = [
    ground(paint("distinct-0", "#0031d8"), paint("on-distinct-0", LIGHT_TEXT)),
    ground(paint("distinct-1", "#ffb347"), paint("on-distinct-1", DARK_TEXT)),
    ground(paint("distinct-2", "#115a36"), paint("on-distinct-2", LIGHT_TEXT)),
    ground(paint("distinct-3", "#c5d7fb"), paint("on-distinct-3", DARK_TEXT)),
    ground(paint("distinct-4", "#a23bb5"), paint("on-distinct-4", LIGHT_TEXT)),
    ground(paint("distinct-5", "#f5e8a3"), paint("on-distinct-5", DARK_TEXT)),
];

/// What a category looks like, wherever it is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Look {
    /// One of ordered categories: `place` from 0 (lightest) of `of`.
    Stage {
        /// From 0.
        place: u8,
        /// How many there are.
        of: u8,
    },
    /// One of categories without an order, from 0.
    Distinct(u8),
    /// No value: 無回答, 未提出, 不明 … – hatched grey, each in another way; from 0.
    Missing(u8),
    /// 秘匿: a plain grey that says nothing.
    Suppressed,
}

/// A surface and the text on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ground {
    /// The surface.
    pub fill: Paint,
    /// Text and patterns on it.
    pub on: Paint,
    /// What is drawn over the surface.
    pub pattern: Option<Pattern>,
}

/// Lines or dots over a surface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pattern {
    /// ／／／
    Hatch,
    /// ＼＼＼
    Back,
    /// ×××
    Cross,
    /// ・・・
    Dots,
    /// ━━━
    Lines,
    /// ┃┃┃
    Bars,
}

const fn ground(fill: Paint, on: Paint) -> Ground {
    Ground { fill, on, pattern: None }
}

impl Look {
    /// Its surface.
    pub fn ground(self) -> Ground {
        match self {
            Self::Stage { place, of } => RAMP[step(place, of)],
            Self::Distinct(number) => {
                let patterns =
                    [None, Some(Pattern::Dots), Some(Pattern::Lines), Some(Pattern::Back), Some(Pattern::Cross)];
                let number = usize::from(number);
                Ground {
                    pattern: patterns[number / DISTINCT.len() % patterns.len()],
                    ..DISTINCT[number % DISTINCT.len()]
                }
            }
            Self::Missing(number) => {
                let patterns =
                    [Pattern::Hatch, Pattern::Dots, Pattern::Back, Pattern::Cross, Pattern::Lines, Pattern::Bars];
                let pattern = Some(patterns[usize::from(number) % patterns.len()]);
                Ground { fill: PAGE, on: HATCH, pattern }
            }
            Self::Suppressed => ground(TRACK, MUTED),
        }
    }

    /// Whether it stands for a value.
    pub fn is_value(self) -> bool {
        !matches!(self, Self::Missing(_) | Self::Suppressed)
    }
}

/// The shade counts what is certain.
impl From<FieldCount> for Look {
    fn from(count: FieldCount) -> Self {
        match count {
            FieldCount::Known(place) | FieldCount::Between(place, _) => Self::Stage { place, of: 4 },
            FieldCount::NotSubmitted => Self::Missing(0),
        }
    }
}

/// The ramp's step for a place: few categories lie far apart.
fn step(place: u8, of: u8) -> usize {
    let steps: &[usize] = match of {
        0..=2 => &[0, 6],
        3 => &[0, 3, 6],
        4 => &[0, 1, 3, 6],
        5 => &[0, 1, 2, 4, 6],
        6 => &[0, 1, 2, 4, 6, 7],
        7 => &[0, 1, 2, 3, 5, 6, 7],
        _ => &[0, 1, 2, 3, 4, 5, 6, 7],
    };
    let place = usize::from(place.min(of.saturating_sub(1)));
    // More categories than steps share them, in order.
    steps[if usize::from(of) > steps.len() { place * (steps.len() - 1) / usize::from(of - 1) } else { place }]
}

/// The colour of a field.
pub fn field_paint(field: Field) -> Paint {
    match field {
        Field::Industry => paint("industry", "#0017c1"),
        Field::Living => paint("living", "#197a4b"),
        Field::Administration => paint("administration", "#8843e1"),
    }
}

/// A mark's shape, so that no meaning hangs on colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// The headline.
    Square,
    /// 産業・しごと
    Circle,
    /// 暮らし・まち
    Triangle,
    /// 行政経営
    Diamond,
}

/// The shape of a field.
pub fn field_shape(field: Field) -> Shape {
    match field {
        Field::Industry => Shape::Circle,
        Field::Living => Shape::Triangle,
        Field::Administration => Shape::Diamond,
    }
}

#[cfg(test)]
mod vision;
