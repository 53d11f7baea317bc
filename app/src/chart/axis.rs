//! The axis of values that strips, slopes and boxes share: shares, stages, or numbers with named ends.

use shared::share::Share;

use super::Layout;
use super::drawing::{Anchor, Drawing, TextStyle};
use super::palette::MUTED;
use super::scale::Scale;
use super::text::{kept_inside, text_width};

/// Size of the words at the axis.
const SIZE: i32 = 13;

/// A value: where it lies and what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// In units of the axis: tenths of a per cent, hundredths of a stage, or whatever numbers are counted in.
    pub at: i32,
    /// The greatest that it may be, where something is undetermined: [`Self::at`] is then the least.
    pub upper: Option<i32>,
    /// The value in words, e.g. 「67.5％」; pictures without a label show the name of whose it is, too.
    pub words: String,
}

impl Mark {
    /// A value that is known.
    pub fn new(at: i32, words: impl Into<String>) -> Self {
        Self { at, upper: None, words: words.into() }
    }

    /// A share; `None` where it has no value.
    pub fn of_share(share: Share) -> Option<Self> {
        let at = share.permille().and_then(|permille| i32::try_from(permille).ok())?;
        Some(Self::new(at, share.to_string()))
    }
}

/// What values are measured in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Axis {
    /// Tenths of a per cent from 0 to 1,000.
    Share,
    /// Hundredths of a stage from 0 未着手 to 400 実施している.
    Stage,
    /// Numbers of anything.
    Number {
        /// The least value.
        from: i32,
        /// The greatest value.
        to: i32,
        /// The least value in words.
        low: String,
        /// The greatest value in words.
        high: String,
    },
}

impl Axis {
    /// The least and the greatest value; they differ.
    pub fn ends(&self) -> (i32, i32) {
        match self {
            Self::Share => (0, 1000),
            Self::Stage => (0, 400),
            Self::Number { from, to, .. } => (*from, (*to).max(from.saturating_add(1))),
        }
    }

    /// The axis between two pixels.
    pub fn scale(&self, pixels: (i32, i32)) -> Scale {
        Scale::new(self.ends(), pixels)
    }

    /// Its ticks with their words; the ends always have some.
    pub fn ticks(&self, layout: Layout) -> Vec<(i32, String)> {
        match self {
            Self::Share => [0, 250, 500, 750, 1000]
                .into_iter()
                .map(|at| (at, format!("{}{}", at / 10, if at == 1000 { "％" } else { "" })))
                .collect(),
            Self::Stage => {
                let words = match layout {
                    Layout::Wide => ["0 未着手", "1 検討中", "2 実施予定", "3 一部実施", "4 実施している"],
                    Layout::Narrow => ["0 未着手", "1", "2", "3", "4 実施"],
                };
                (0..).step_by(100).zip(words.map(str::to_owned)).collect()
            }
            Self::Number { low, high, .. } => {
                let (from, to) = self.ends();
                vec![(from, low.clone()), (to, high.clone())]
            }
        }
    }

    /// A value of the axis in words; numbers have none of their own beyond their digits.
    pub fn words(&self, at: i32) -> String {
        match self {
            Self::Share => format!("{}.{}％", at / 10, at % 10),
            Self::Stage => format!("{}.{:02}", at / 100, at % 100),
            Self::Number { .. } => at.to_string(),
        }
    }

    /// Draws a horizontal axis below `top`; gives where it ends.
    pub fn draw(&self, drawing: &mut Drawing, layout: Layout, pixels: (i32, i32), top: i32) -> i32 {
        let scale = self.scale(pixels);
        for (at, words) in self.ticks(layout) {
            let x = scale.at(at);
            drawing.line((x, top), (x, top + 5), MUTED, 1, false);
            let middle = kept_inside(x, text_width(&words, SIZE), layout.width());
            drawing.text((middle, top + 20), &words, TextStyle::new(SIZE, MUTED).anchored(Anchor::Middle));
        }
        drawing.line((pixels.0, top), (pixels.1, top), MUTED, 1, false);
        top + 28
    }
}
