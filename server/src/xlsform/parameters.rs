//! The bounds of an answer: the `parameters` of a range, the `max_length` of a text.

use shared::response::Decimal;

use super::finding::Finding;
use super::workbook::Row;

/// Longest text that an author may allow, in characters.
const LONGEST: u32 = 20_000;

/// The bounds of a `range`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Range {
    pub start: Decimal,
    pub end: Decimal,
    pub step: Decimal,
}

impl Range {
    /// Whether only whole numbers lie in it.
    pub fn is_whole(self) -> bool {
        [self.start, self.end, self.step].iter().all(|number| number.parts().1 == 0)
    }

    /// What is said about a number outside.
    pub fn message(self) -> String {
        let Self { start, end, step } = self;
        if self.is_whole() && step != Decimal::from(1) {
            format!("{start}から{end}まで、{step}きざみの数値を入力してください。")
        } else {
            format!("{start}から{end}までの数値を入力してください。")
        }
    }
}

/// The column `max_length` of a text. It is no parameter: pyxform refuses a form with one that it does not know.
pub(super) fn max_length(row: &Row, findings: &mut Vec<Finding>) -> Option<u32> {
    let cell = row.cell("max_length")?;
    let length = cell.parse().ok().filter(|length| (1..=LONGEST).contains(length));
    if length.is_none() {
        let message = format!("「{cell}」は使えません。文字数を1から{LONGEST}までの整数で書いてください。");
        findings.push(row.error("max_length", message));
    }
    length
}

/// `start=… end=… step=…` of a `range`, each with XLSForm's value where it is absent.
pub(super) fn range(row: &Row, findings: &mut Vec<Finding>) -> Range {
    let mut range = Range { start: 1.into(), end: 10.into(), step: 1.into() };
    for (parameter, key, value) in of(row) {
        let number = value.and_then(|number| number.parse().ok());
        match (key, number) {
            ("start", Some(number)) => range.start = number,
            ("end", Some(number)) => range.end = number,
            ("step", Some(number)) => range.step = number,
            _ => {
                let message =
                    format!("「{parameter}」は使えません。start=最小 end=最大 step=きざみ（数値）と書いてください。");
                findings.push(row.error("parameters", message));
            }
        }
    }
    if range.start.to_f64() >= range.end.to_f64() || range.step.to_f64() <= 0.0 {
        findings.push(row.error("parameters", "startはendより小さく、stepは0より大きくしてください。"));
    }
    range
}

/// Each parameter as written, its key and its value.
fn of(row: &Row) -> impl Iterator<Item = (&str, &str, Option<&str>)> {
    let parameters = row.cell("parameters").unwrap_or_default().split([' ', ',', ';']).filter(|part| !part.is_empty());
    parameters.map(|part| part.split_once('=').map_or((part, part, None), |(key, value)| (part, key, Some(value))))
}
