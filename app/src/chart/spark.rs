//! One bar the size of a word, beside a sentence that says the same.

use std::fmt::Write as _;

use super::palette::{MUTED, TRACK};
use super::stacked::StackedBars;

const WIDTH: u32 = 160;
const HEIGHT: u32 = 14;

/// Where it stands, its question's page is linked, and that page has the picture in full with its table, its files and an
/// address: a spark has none of its own.
///
/// The first row as a bar without words: answers in their colours, everything without an answer left empty. Several
/// answers are one bar below the other, as many as fit. It is hidden from readers of screens: the sentence beside it
/// says what it shows.
pub fn spark(bars: &StackedBars, demonstration: bool) -> String {
    let mark = if demonstration { "<desc>デモデータ（架空の回答）</desc>" } else { "" };
    let mut body = String::new();
    if let Some(row) = bars.rows.first() {
        let counts = row.counts.iter().zip(&bars.parts).filter(|(_, part)| part.look.is_value());
        let length =
            |count: u32| (u64::from(WIDTH) * u64::from(count)).checked_div(u64::from(row.register)).unwrap_or(0);
        let counts: Vec<_> = counts.map(|(count, part)| (length(count.shown().unwrap_or(0)), part.look)).collect();
        let lines = if bars.multiple { counts.len().clamp(1, 7) } else { 1 };
        let height = u64::from(HEIGHT) / u64::try_from(lines).unwrap_or(1);
        let mut left = 0;
        for (place, (length, look)) in counts.into_iter().enumerate() {
            let line = u64::try_from(place).unwrap_or(0);
            let (x, y) = if bars.multiple { (0, line * height) } else { (left, 0) };
            if length == 0 || y + height > u64::from(HEIGHT) {
                continue;
            }
            left += length;
            let fill = look.ground().fill;
            let thick = if bars.multiple { height.saturating_sub(1).max(1) } else { height };
            // A thin edge keeps light neighbours apart. Writing to a String cannot fail.
            let _ = write!(
                body,
                r#"<rect x="{x}" y="{y}" width="{length}" height="{thick}" class="fill-{} stroke-{}" fill="{}" stroke="{}" stroke-width="0.5"/>"#,
                fill.name, MUTED.name, fill.color, MUTED.color
            );
        }
    }
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" class="chart spark" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" aria-hidden="true">{mark}<rect width="{WIDTH}" height="{HEIGHT}" class="fill-{}" fill="{}"/>{body}</svg>"#,
        TRACK.name, TRACK.color
    )
}

#[cfg(test)]
mod tests {
    use shared::tabulation::Count;

    use super::super::stacked::{Look, Part, StackedRow};
    use super::*;

    fn bars(counts: &[u32], register: u32) -> StackedBars {
        let part = |place| Part { label: String::new(), look: Look::Distinct(place) };
        let row = StackedRow {
            label: String::new(),
            register,
            counts: counts.iter().map(|count| Count::Shown(*count)).collect(),
            emphasis: false,
        };
        StackedBars { parts: (0..).map(part).take(counts.len()).collect(), rows: vec![row], multiple: false }
    }

    #[test]
    fn a_bar_is_as_long_as_its_share_and_nothing_has_no_length() {
        let svg = spark(&bars(&[10, 30], 40), false);
        assert!(svg.contains(r#"width="40""#) && svg.contains(r#"x="40" y="0" width="120""#), "{svg}");
        for nothing in [bars(&[0, 0], 40), bars(&[0], 0), bars(&[], 0)] {
            let svg = spark(&nothing, true);
            assert_eq!(svg.matches("<rect").count(), 1, "{svg}");
            assert!(!svg.contains("NaN") && svg.contains("架空の回答"));
        }
    }
}
