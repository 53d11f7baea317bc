//! Colours and shapes that mean the same everywhere.

use shared::indicator::Field;

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
/// 1 engaged field on the map.
pub const ONE: Paint = paint("one", "#d9e6ff");
/// 2 engaged fields on the map.
pub const TWO: Paint = paint("two", "#7096f8");
/// 3 engaged fields on the map.
pub const THREE: Paint = paint("three", "#0017c1");
/// Text on [`ONE`] and on hatching.
pub const ON_ONE: Paint = paint("on-one", "#1a1a1a");
/// Text on [`TWO`].
pub const ON_TWO: Paint = paint("on-two", "#000000");
/// Text on [`THREE`].
pub const ON_THREE: Paint = paint("on-three", "#ffffff");

/// The colour of a field.
pub fn field_paint(field: Field) -> Paint {
    match field {
        Field::Industry => paint("industry", "#0017c1"),
        Field::Living => paint("living", "#197a4b"),
        Field::Administration => paint("administration", "#6f23d0"),
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
