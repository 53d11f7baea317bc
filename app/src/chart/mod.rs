//! Results drawn as SVG.
//!
//! Scales come from plotters' coordinates; marks and text are laid out here, because plotters writes no ARIA,
//! measures text in bytes and knows neither patterns nor classes. Every mark carries the light palette as
//! presentation attributes, so that a picture stands alone (download, PNG); the page's style recolours by class.
//!
//! Each picture comes in two layouts, both at text sizes of 12 px or more where the style shows them.
//!
//! - [`text`], [`drawing`], [`palette`], [`legend`]: words, marks and looks
//! - [`scale`], [`axis`]: value to pixel
//! - [`bars`], [`stacked`], [`diverging`]: shares of municipalities
//! - [`strip`], [`slope`], [`boxes`], [`radar`]: values of municipalities beside each other
//! - [`heat`]: municipalities by areas
//! - [`spark`]: a bar the size of a word
//! - [`trend`]: the plan's years
//! - [`map`], [`tile_map`], [`boundary_map`]: municipalities where they lie

pub mod axis;
pub mod bars;
pub mod boundary_map;
pub mod boxes;
pub mod diverging;
pub mod drawing;
pub mod heat;
pub mod legend;
pub mod map;
pub mod palette;
pub mod radar;
pub mod scale;
pub mod slope;
pub mod spark;
pub mod stacked;
pub mod strip;
pub mod text;
pub mod tile_map;
pub mod trend;

use crate::figures::Trend;

/// A picture's kind and everything that it shows.
#[derive(Debug, Clone, PartialEq)]
pub enum Chart {
    /// Shares as bars on one scale.
    Bars(Vec<bars::Bar>),
    /// Counts as bars of 100 %.
    Stacked(stacked::StackedBars),
    /// Ordered categories around a middle.
    Diverging(diverging::DivergingBars),
    /// One own value among others'.
    Strips {
        /// The name at the own mark.
        own: String,
        /// The strips, in order.
        strips: Vec<strip::Strip>,
    },
    /// Two years.
    Slope(slope::Slope),
    /// Distributions.
    Boxes(boxes::Boxes),
    /// Municipalities by areas.
    Heat(heat::HeatMap),
    /// Axes around a centre.
    Radar(radar::Radar),
    /// Municipalities as tiles.
    TileMap(map::MapValues),
    /// Municipalities in their boundaries.
    BoundaryMap(boundary_map::BoundaryMap),
    /// The plan's years.
    Trend(Trend),
}

impl Chart {
    /// Draws it; `title` names it for whoever does not see it.
    pub fn draw(&self, frame: Frame<'_>, title: &str) -> String {
        match self {
            Self::Bars(bars) => bars::bars(frame, title, bars),
            Self::Stacked(bars) => stacked::stacked(frame, title, bars),
            Self::Diverging(bars) => diverging::diverging(frame, title, bars),
            Self::Strips { own, strips } => strip::strips(frame, title, own, strips),
            Self::Slope(slope) => slope::slope(frame, title, slope),
            Self::Boxes(boxes) => boxes::boxes(frame, title, boxes),
            Self::Heat(map) => heat::heat_map(frame, title, map),
            Self::Radar(radar) => radar::radar(frame, title, radar),
            Self::TileMap(map) => tile_map::tile_map(frame, title, map),
            Self::BoundaryMap(map) => boundary_map::boundary_map(frame, title, map),
            Self::Trend(trend) => trend::trend(frame, title, trend),
        }
    }
}

/// What every picture is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame<'a> {
    /// Unique on the page; the ids of title, description and patterns begin with it.
    pub id: &'a str,
    /// For which width.
    pub layout: Layout,
    /// Writes 「デモデータ（架空の回答）」 into the picture.
    pub demonstration: bool,
    /// What stands around a picture that stands alone; `None` on a page, which says it itself.
    pub around: Option<Around<'a>>,
}

/// What a picture needs to stand alone: in a file, on a slide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Around<'a> {
    /// The finding.
    pub heading: &'a str,
    /// What, of which year, out of how many.
    pub subtitle: &'a str,
    /// How to read it, and where it comes from.
    pub notes: &'a [String],
}

/// For which width a picture is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// 720 units wide: shown from 656 px.
    Wide,
    /// 288 units wide: shown on phones.
    Narrow,
}

impl Layout {
    /// Width in units.
    pub fn width(self) -> i32 {
        match self {
            Self::Wide => 720,
            Self::Narrow => 288,
        }
    }

    /// The class that shows the picture at its width.
    fn class(self) -> &'static str {
        match self {
            Self::Wide => "chart chart-wide",
            Self::Narrow => "chart chart-narrow",
        }
    }
}
