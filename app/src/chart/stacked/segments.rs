//! A row's segments: where each begins and ends, in municipalities, and what it says.

use shared::share::Share;
use shared::tabulation::Count;

use super::{Part, StackedRow};
use crate::chart::palette::Look;

/// A segment of a bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment<'a> {
    /// Its category; `None` gathers what is suppressed.
    pub part: Option<&'a Part>,
    /// Municipalities before it.
    pub from: u32,
    /// Municipalities up to its end.
    pub to: u32,
}

/// The segments of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segments<'a> {
    /// In the order of the parts; empty ones are left out.
    pub segments: Vec<Segment<'a>>,
    /// The whole, in municipalities: the register, unless more were counted.
    pub whole: u32,
}

impl<'a> Segments<'a> {
    /// Lays out a row. What is suppressed stands before the states without a value.
    pub fn of(row: &StackedRow, parts: &'a [Part]) -> Self {
        let counted = || parts.iter().zip(&row.counts).map(|(part, count)| (part, count.shown().unwrap_or(0)));
        let sum: u32 = counted().map(|(_, count)| count).sum();
        let whole = row.register.max(sum);
        let hidden = row.counts.contains(&Count::Suppressed).then_some(whole - sum);
        let values = counted().filter(|(part, _)| part.look.is_value()).map(|(part, count)| (Some(part), count));
        let missing = counted().filter(|(part, _)| !part.look.is_value()).map(|(part, count)| (Some(part), count));
        let mut at = 0;
        let segments = values.chain(hidden.map(|count| (None, count))).chain(missing).filter(|(_, count)| *count > 0);
        let segments = segments.map(|(part, count)| {
            let from = at;
            at += count;
            Segment { part, from, to: at }
        });
        Self { segments: segments.collect(), whole }
    }

    /// Municipalities with a value; `None` where some are suppressed.
    pub fn answered(row: &StackedRow, parts: &[Part]) -> Option<u32> {
        let values = parts.iter().zip(&row.counts).filter(|(part, _)| part.look.is_value());
        values.map(|(_, count)| if *count == Count::NotOffered { Some(0) } else { count.shown() }).sum()
    }

    /// What a segment says, e.g. 「実施している 10団体（25.0％）」.
    pub fn words(&self, segment: &Segment<'_>) -> String {
        let share = self.share(segment);
        match segment.part {
            Some(part) => format!("{} {}団体（{share}）", part.label, share.numerator),
            None => format!("秘匿（合わせて{}団体）", share.numerator),
        }
    }

    /// The segment's share of the whole.
    pub fn share(&self, segment: &Segment<'_>) -> Share {
        Share::new(segment.to - segment.from, self.whole)
    }
}

impl Segment<'_> {
    /// Its look.
    pub fn look(&self) -> Look {
        self.part.map_or(Look::Suppressed, |part| part.look)
    }
}
