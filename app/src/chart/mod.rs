//! Results drawn as SVG.
//!
//! Scales come from plotters' coordinates; marks and text are laid out here, because plotters writes no ARIA,
//! measures text in bytes and knows neither patterns nor classes. Every mark carries the light palette as
//! presentation attributes, so that a picture stands alone (download, PNG); the page's style recolours by class.
//!
//! Each picture comes in two layouts, both at text sizes of 12 px or more where the style shows them.
//!
//! - [`drawing`]: an SVG document under construction
//! - [`palette`]: colours and shapes that mean the same everywhere
//! - [`scale`]: value to pixel
//! - [`bars`]: shares as bars on one scale
//! - [`strip`]: one own share among others'
//! - [`trend`]: the plan's years
//! - [`tile_map`]: municipalities as tiles

pub mod bars;
pub mod drawing;
pub mod palette;
pub mod scale;
pub mod strip;
pub mod tile_map;
pub mod trend;

use crate::figures::Trend;

/// A picture's kind and everything that it shows.
#[derive(Debug, Clone, PartialEq)]
pub enum Chart {
    /// Shares as bars on one scale.
    Bars(Vec<bars::Bar>),
    /// One own share among others'.
    Strips {
        /// The name at the own mark.
        own: String,
        /// The strips, in order.
        strips: Vec<strip::Strip>,
    },
    /// The plan's years.
    Trend(Trend),
}

impl Chart {
    /// Draws it; `title` names it for whoever does not see it.
    pub fn draw(&self, frame: Frame<'_>, title: &str) -> String {
        match self {
            Self::Bars(bars) => bars::bars(frame, title, bars),
            Self::Strips { own, strips } => strip::strips(frame, title, own, strips),
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
