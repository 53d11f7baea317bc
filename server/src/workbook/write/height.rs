//! How high a row must be for its words.
//!
//! Programs differ in whether they fit rows to wrapped text when they open a file; on paper nobody can. So each row's
//! height is estimated, a little generously, and may be changed although the sheet is protected.

use crate::workbook::layout::Column;

/// Points of one line of body text, and above and below all lines.
const LINE: f64 = 14.0;
const PADDING: f64 = 4.0;
/// Width of a full-width letter of body text, in the characters that column widths count.
const FULL_WIDTH: f64 = 1.95;
const HALF_WIDTH: f64 = 1.05;
/// Excel's own limit, in points.
const HIGHEST: f64 = 409.0;

/// Points for the highest of the texts in their columns, at least so many lines.
pub fn of_row<'t>(texts: impl IntoIterator<Item = (Column, &'t str)>, at_least: u32) -> f64 {
    let lines = texts.into_iter().map(|(column, text)| lines(text, f64::from(column.width())));
    let lines = lines.fold(f64::from(at_least.max(1)), f64::max);
    (lines * LINE + PADDING).min(HIGHEST)
}

/// Points for one text in a column of that width, in characters of half width.
pub fn of_text(text: &str, width: f64) -> f64 {
    (lines(text, width) * LINE + PADDING).min(HIGHEST)
}

/// Lines of a text in a column of that width.
fn lines(text: &str, width: f64) -> f64 {
    let of_line = |line: &str| {
        let letters = line.chars().map(|c| if c.is_ascii() { HALF_WIDTH } else { FULL_WIDTH });
        (letters.sum::<f64>() / (width - 1.0)).ceil().max(1.0)
    };
    text.split('\n').map(of_line).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_holds_all_lines_of_its_highest_cell() {
        let height = |text: &str| of_row([(Column::Unit, "件"), (Column::Question, text)], 1);
        assert!((height("短い設問") - 18.0).abs() < f64::EPSILON);
        assert!((height("短い設問\n二行目") - 32.0).abs() < f64::EPSILON);
        assert!(height(&"長い設問".repeat(20)) > 55.0);
        assert!((height(&"限りなく".repeat(5000)) - HIGHEST).abs() < f64::EPSILON);
        assert!(of_row([(Column::Unit, "件")], 4) > 50.0);
    }
}
