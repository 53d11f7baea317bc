//! An SVG document under construction.

use std::fmt::Write as _;

use super::Frame;
use super::palette::{HATCH, MUTED, PAGE, Paint, Shape};

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

/// Width of a text in units: the font (`BIZ UDGothic`) is half an em wide in ASCII and one em elsewhere.
pub fn text_width(text: &str, size: i32) -> i32 {
    text.chars().map(|c| if c.is_ascii() { size.div_euclid(2) + size % 2 } else { size }).sum()
}

/// An SVG document under construction.
pub struct Drawing {
    body: String,
    frame_id: String,
}

impl Drawing {
    /// An empty one; ids begin with the frame's.
    pub fn new(frame: Frame<'_>) -> Self {
        Self { body: String::new(), frame_id: frame.id.to_owned() }
    }

    /// A rectangle filled with a colour.
    pub fn rect(&mut self, Area(x, y, width, height): Area, fill: Paint) {
        self.push(format_args!(r#"<rect x="{x}" y="{y}" width="{width}" height="{height}"{}/>"#, filled(fill)));
    }

    /// A rectangle filled with a colour inside a dark edge, dashed where something in it is undetermined.
    pub fn tile(&mut self, Area(x, y, width, height): Area, fill: Paint, dashed: bool) {
        let edge = if dashed { r#" stroke-width="2" stroke-dasharray="5 3""# } else { "" };
        self.push(format_args!(
            r#"<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="3" class="fill-{} stroke-{}" fill="{}" stroke="{}"{edge}/>"#,
            fill.name, HATCH.name, fill.color, HATCH.color
        ));
    }

    /// A hatched rectangle: 未確定 or 未提出.
    pub fn hatched(&mut self, Area(x, y, width, height): Area) {
        let hatch = format!("{}-hatch", self.frame_id);
        self.push(format_args!(
            r#"<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="url(#{hatch})" class="stroke-{}" stroke="{}"/>"#,
            HATCH.name, HATCH.color
        ));
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
        let hatch = if self.body.contains("url(#") { hatching(&self.frame_id) } else { String::new() };
        let (id, class, body) = (&self.frame_id, frame.layout.class(), &self.body);
        let (title, description) = (escape(title), escape(description));
        format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" class="{class}" viewBox="0 0 {width} {height}" role="img" aria-labelledby="{id}-title {id}-desc" font-family="'BIZ UDGothic', sans-serif"><title id="{id}-title">{title}</title><desc id="{id}-desc">{description}</desc>{hatch}{body}</svg>"#
        )
    }

    fn push(&mut self, markup: std::fmt::Arguments<'_>) {
        // Writing to a String cannot fail.
        let _ = self.body.write_fmt(markup);
    }
}

fn filled(paint: Paint) -> String {
    format!(r#" class="fill-{}" fill="{}""#, paint.name, paint.color)
}

fn hatching(id: &str) -> String {
    format!(
        r#"<defs><pattern id="{id}-hatch" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6"{}/><path d="M-1 1L1 -1M0 6L6 0M5 7L7 5" class="stroke-{}" stroke="{}"/></pattern></defs>"#,
        filled(PAGE),
        HATCH.name,
        HATCH.color
    )
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
        let frame = Frame { id: "x", layout: Layout::Wide, demonstration: false };
        let mut drawing = Drawing::new(frame);
        drawing.text((0, 0), "<script>&", TextStyle::new(12, MUTED));
        let svg = drawing.finish(frame, 10, "</title><script>", "\"");
        assert!(!svg.contains("<script>"));
        assert!(svg.contains("&lt;script&gt;&amp;"));
    }

    #[test]
    fn a_demonstration_says_so_in_the_picture() {
        let frame = Frame { id: "x", layout: Layout::Narrow, demonstration: true };
        assert!(Drawing::new(frame).finish(frame, 10, "t", "d").contains("デモデータ（架空の回答）"));
    }

    #[test]
    fn text_is_measured_in_characters() {
        assert_eq!(text_width("行政 77.5", 12), 24 + 5 * 6);
    }
}
