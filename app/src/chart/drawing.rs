//! An SVG document under construction.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::palette::{Ground, HATCH, INK, Look, MUTED, PAGE, Paint, Pattern, Shape, TRACK};
use super::text::{text_width, wrapped};
use super::{Around, Frame};

/// Around a picture that stands alone.
const MARGIN: i32 = 16;

/// Text's place along its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// Begins at the point.
    Start,
    /// Is centred on it.
    Middle,
    /// Ends there.
    End,
}

/// How text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextStyle {
    /// Size in units, never below 12.
    pub size: i32,
    /// Bold.
    pub bold: bool,
    /// Colour.
    pub paint: Paint,
    /// Place along the line.
    pub anchor: Anchor,
}

impl TextStyle {
    /// Regular text of that size and colour that begins at its point.
    pub fn new(size: i32, paint: Paint) -> Self {
        Self { size, bold: false, paint, anchor: Anchor::Start }
    }

    /// The same in bold.
    #[must_use]
    pub fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    /// The same at another place along its line.
    #[must_use]
    pub fn anchored(self, anchor: Anchor) -> Self {
        Self { anchor, ..self }
    }
}

/// A rectangle: left, top, width, height.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area(pub i32, pub i32, pub i32, pub i32);

/// An SVG document under construction.
pub struct Drawing {
    body: String,
    frame_id: String,
    /// The patterns in use, by the end of their ids.
    patterns: BTreeMap<String, (Pattern, Ground)>,
}

impl Drawing {
    /// An empty one; ids begin with the frame's.
    pub fn new(frame: Frame<'_>) -> Self {
        Self { body: String::new(), frame_id: frame.id.to_owned(), patterns: BTreeMap::new() }
    }

    /// A rectangle filled with a colour.
    pub fn rect(&mut self, Area(x, y, width, height): Area, fill: Paint) {
        self.push(format_args!(r#"<rect x="{x}" y="{y}" width="{width}" height="{height}"{}/>"#, filled(fill)));
    }

    /// A rounded rectangle in the look of its category, its edge dashed where part of it is undetermined.
    pub fn tile(&mut self, Area(x, y, width, height): Area, look: Look, dashed: bool) {
        let edge = if dashed { r#" stroke-width="2" stroke-dasharray="5 3""# } else { "" };
        let filled = self.fill(look, HATCH);
        self.push(format_args!(r#"<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="3"{filled}{edge}/>"#));
    }

    /// A hatched rectangle: 未確定 or 未提出.
    pub fn hatched(&mut self, area: Area) {
        self.surface(area, Look::Missing(0));
    }

    /// A rectangle in the look of its category, inside a thin edge.
    pub fn surface(&mut self, Area(x, y, width, height): Area, look: Look) {
        let filled = self.fill(look, HATCH);
        self.push(format_args!(r#"<rect x="{x}" y="{y}" width="{width}" height="{height}"{filled}/>"#));
    }

    /// The edge of a rectangle, of a width in units.
    pub fn frame(&mut self, Area(x, y, width, height): Area, stroke: Paint, edge: i32) {
        let stroke = edged(stroke);
        self.push(format_args!(
            r#"<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="none"{stroke} stroke-width="{edge}"/>"#
        ));
    }

    /// An outline of polygons with holes in the look of its category; `path` is SVG path data.
    pub fn outline(&mut self, path: &str, look: Look, edge: Paint, width: i32) {
        let filled = self.fill(look, edge);
        self.push(format_args!(
            r#"<path d="{path}" fill-rule="evenodd"{filled} stroke-width="{width}" stroke-linejoin="round"/>"#
        ));
    }

    /// A surface between two lines: everything that a value may be.
    pub fn band(&mut self, path: &str) {
        self.push(format_args!(r#"<path d="{path}"{}/>"#, filled(TRACK)));
    }

    /// A line through points, of a width in units.
    pub fn path(&mut self, path: &str, stroke: Paint, width: i32, dashed: bool) {
        let dash = if dashed { r#" stroke-dasharray="4 4""# } else { "" };
        let edge = edged(stroke);
        self.push(format_args!(r#"<path d="{path}" fill="none"{edge} stroke-width="{width}"{dash}/>"#));
    }

    /// Words on a surface, on plain ground where the surface has a pattern that would blur them.
    pub fn on_surface(&mut self, (x, y): (i32, i32), text: &str, size: i32, look: Look) {
        let Ground { fill, on, pattern } = look.ground();
        let on = if look.is_value() { on } else { MUTED };
        if pattern.is_some() {
            let width = text_width(text, size) + 4;
            self.rect(Area(x - width / 2, y - size, width, size + 4), fill);
        }
        self.text((x, y), text, TextStyle::new(size, on).anchored(Anchor::Middle));
    }

    /// Marks that stand for one thing, told in words to whoever points at them.
    pub fn told(&mut self, words: &str, draw: impl FnOnce(&mut Self)) {
        self.push(format_args!(r#"<g class="mark"><title>{}</title>"#, escape(words)));
        draw(self);
        self.body.push_str("</g>");
    }

    /// The attributes of a shape in that look and an edge; remembers the pattern.
    fn fill(&mut self, look: Look, edge: Paint) -> String {
        let Ground { fill, on, pattern } = look.ground();
        let Some(pattern) = pattern else {
            return format!(
                r#" class="fill-{} stroke-{}" fill="{}" stroke="{}""#,
                fill.name, edge.name, fill.color, edge.color
            );
        };
        let name = match look {
            Look::Missing(0) => "hatch".to_owned(),
            Look::Missing(_) => format!("{}-missing", pattern.name()),
            Look::Stage { .. } | Look::Distinct(_) | Look::Suppressed => format!("{}-{}", pattern.name(), fill.name),
        };
        let id = format!("{}-{name}", self.frame_id);
        let attributes = format!(r#" class="stroke-{}" fill="url(#{id})" stroke="{}""#, edge.name, edge.color);
        self.patterns.insert(id, (pattern, Ground { fill, on, pattern: None }));
        attributes
    }

    /// A straight line of a width in units, dashed or not.
    pub fn line(&mut self, from: (i32, i32), to: (i32, i32), stroke: Paint, width: i32, dashed: bool) {
        let dash = if dashed { r#" stroke-dasharray="4 4""# } else { "" };
        self.push(format_args!(
            r#"<line x1="{}" y1="{}" x2="{}" y2="{}" class="stroke-{}" stroke="{}" stroke-width="{width}"{dash}/>"#,
            from.0, from.1, to.0, to.1, stroke.name, stroke.color
        ));
    }

    /// A mark centred on a point; hollow for a reference value.
    pub fn mark(&mut self, shape: Shape, (x, y): (i32, i32), radius: i32, paint: Paint, hollow: bool) {
        let fill = if hollow { PAGE } else { paint };
        let look = format!(
            r#"class="fill-{} stroke-{}" fill="{}" stroke="{}" stroke-width="2""#,
            fill.name, paint.name, fill.color, paint.color
        );
        let r = radius;
        match shape {
            Shape::Circle => self.push(format_args!(r#"<circle cx="{x}" cy="{y}" r="{r}" {look}/>"#)),
            Shape::Square => self.push(format_args!(
                r#"<rect x="{}" y="{}" width="{}" height="{}" {look}/>"#,
                x - r,
                y - r,
                2 * r,
                2 * r
            )),
            Shape::Triangle => self.push(format_args!(
                r#"<path d="M{x} {}L{} {}H{}Z" {look}/>"#,
                y - r - 1,
                x + r + 1,
                y + r,
                x - r - 1
            )),
            Shape::Diamond => self.push(format_args!(
                r#"<path d="M{x} {}L{} {y}L{x} {}L{} {y}Z" {look}/>"#,
                y - r - 1,
                x + r + 1,
                y + r + 1,
                x - r - 1
            )),
        }
    }

    /// One line of text with its baseline at a point.
    pub fn text(&mut self, (x, y): (i32, i32), text: &str, style: TextStyle) {
        let anchor = match style.anchor {
            Anchor::Start => "",
            Anchor::Middle => r#" text-anchor="middle""#,
            Anchor::End => r#" text-anchor="end""#,
        };
        let weight = if style.bold { r#" font-weight="700""# } else { "" };
        self.push(format_args!(
            r#"<text x="{x}" y="{y}" font-size="{}"{weight}{anchor}{}>{}</text>"#,
            style.size,
            filled(style.paint),
            escape(text)
        ));
    }

    /// The document: `height` units high, named by `title` and described by `description`.
    pub fn finish(mut self, frame: Frame<'_>, height: i32, title: &str, description: &str) -> String {
        let width = frame.layout.width();
        let mut height = height;
        if frame.demonstration {
            height += 20;
            let style = TextStyle::new(12, MUTED).anchored(Anchor::End);
            self.text((width, height - 6), "デモデータ（架空の回答）", style);
        }
        let patterns: String =
            self.patterns.iter().map(|(id, (pattern, ground))| pattern.define(id, *ground)).collect();
        let defined = if patterns.is_empty() { patterns } else { format!("<defs>{patterns}</defs>") };
        let view = match frame.around {
            Some(around) => self.surround(around, width, height),
            None => format!(r#"viewBox="0 0 {width} {height}""#),
        };
        let (id, class, body) = (&self.frame_id, frame.layout.class(), &self.body);
        let (title, description) = (escape(title), escape(description));
        format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" class="{class}" {view} role="img" aria-labelledby="{id}-title {id}-desc" font-family="'BIZ UDGothic', sans-serif"><title id="{id}-title">{title}</title><desc id="{id}-desc">{description}</desc>{defined}{body}</svg>"#
        )
    }

    /// Writes heading and subtitle above what is drawn, notes below it, on plain ground; gives the document's size.
    fn surround(&mut self, around: Around<'_>, width: i32, height: i32) -> String {
        let drawn = std::mem::take(&mut self.body);
        let mut y = 0;
        let write = |drawing: &mut Self, y: &mut i32, words: &str, style: TextStyle| {
            for line in wrapped(words, style.size, width, 8) {
                *y += style.size + 6;
                drawing.text((0, *y), &line, style);
            }
        };
        write(self, &mut y, around.heading, TextStyle::new(20, INK).bold());
        write(self, &mut y, around.subtitle, TextStyle::new(14, MUTED));
        y += 16;
        self.push(format_args!(r#"<g transform="translate(0 {y})">{drawn}</g>"#));
        y += height + 4;
        for note in around.notes {
            write(self, &mut y, note, TextStyle::new(12, MUTED));
        }
        let (all_width, all_height) = (width + 2 * MARGIN, y + 8 + 2 * MARGIN);
        let written = std::mem::take(&mut self.body);
        self.rect(Area(-MARGIN, -MARGIN, all_width, all_height), PAGE);
        self.body.push_str(&written);
        format!(r#"width="{all_width}" height="{all_height}" viewBox="-{MARGIN} -{MARGIN} {all_width} {all_height}""#)
    }

    fn push(&mut self, markup: std::fmt::Arguments<'_>) {
        // Writing to a String cannot fail.
        let _ = self.body.write_fmt(markup);
    }
}

fn filled(paint: Paint) -> String {
    format!(r#" class="fill-{}" fill="{}""#, paint.name, paint.color)
}

fn edged(paint: Paint) -> String {
    format!(r#" class="stroke-{}" stroke="{}""#, paint.name, paint.color)
}

impl Pattern {
    fn name(self) -> &'static str {
        match self {
            Self::Hatch => "hatch",
            Self::Back => "back",
            Self::Cross => "cross",
            Self::Dots => "dots",
            Self::Lines => "lines",
            Self::Bars => "bars",
        }
    }

    fn define(self, id: &str, Ground { fill, on, .. }: Ground) -> String {
        let drawn = match self {
            Self::Hatch => "M-1 1L1 -1M0 6L6 0M5 7L7 5",
            Self::Back => "M-1 5L1 7M0 0L6 6M5 -1L7 1",
            Self::Cross => "M0 0L6 6M0 6L6 0",
            Self::Dots => "M2 3H4M3 2V4",
            Self::Lines => "M0 3H6",
            Self::Bars => "M3 0V6",
        };
        format!(
            r#"<pattern id="{id}" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6"{}/><path d="{drawn}"{}/></pattern>"#,
            filled(fill),
            edged(on)
        )
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::Layout;

    #[test]
    fn names_cannot_break_out_of_the_document() {
        let frame = Frame { id: "x", layout: Layout::Wide, demonstration: false, around: None };
        let mut drawing = Drawing::new(frame);
        drawing.text((0, 0), "<script>&", TextStyle::new(12, MUTED));
        let svg = drawing.finish(frame, 10, "</title><script>", "\"");
        assert!(!svg.contains("<script>"));
        assert!(svg.contains("&lt;script&gt;&amp;"));
    }

    #[test]
    fn a_demonstration_says_so_in_the_picture() {
        let frame = Frame { id: "x", layout: Layout::Narrow, demonstration: true, around: None };
        assert!(Drawing::new(frame).finish(frame, 10, "t", "d").contains("デモデータ（架空の回答）"));
    }
}
