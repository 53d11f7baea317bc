//! What changed with a row's last value.

use std::cmp::Ordering;

use chrono::NaiveDate;

use super::period::{Period, Schedule};
use crate::indicator;
use crate::response::Decimal;
use crate::share::Points;

/// What changed with the last value. Differences are exact, in digits without sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The first value.
    First,
    /// 増加
    Rise(String),
    /// 減少
    Fall(String),
    /// 変化なし
    Same,
    /// 増減は未確定: what is confirmed of it.
    Unclear(Points),
    /// A later value is due and not there: which one the last is, in words.
    NotUpdated(String),
    /// The last two cannot be compared: why, in words.
    NotComparable(&'static str),
}

impl Change {
    /// What changed with the last of a row's values, which are in the order of their periods; `None` without one.
    pub fn of(values: &[(Period, Decimal)], schedule: Schedule, today: NaiveDate) -> Option<Self> {
        let ((period, last), before) = values.split_last()?;
        if schedule.due(today).is_some_and(|due| due > *period) {
            return Some(Self::NotUpdated(format!("前回 {}", schedule.words(*period))));
        }
        Some(before.last().map_or(Self::First, |(_, earlier)| Self::between(*earlier, *last)))
    }

    /// The exact difference of two numbers.
    pub fn between(earlier: Decimal, later: Decimal) -> Self {
        let ((a, a_scale), (b, b_scale)) = (later.parts(), earlier.parts());
        let scale = a_scale.max(b_scale);
        let scaled = |mantissa: i64, own: u8| i128::from(mantissa) * 10_i128.pow(u32::from(scale - own));
        let difference = scaled(a, a_scale) - scaled(b, b_scale);
        Self::sized(difference.cmp(&0), &digits(difference.unsigned_abs(), usize::from(scale)))
    }

    /// The difference of two shares of which not everything is known.
    pub fn of_shares(change: &indicator::Change) -> Self {
        if change.sign_is_known() { Self::of_points(change.confirmed) } else { Self::Unclear(change.confirmed) }
    }

    /// The difference of two shares.
    fn of_points(points: Points) -> Self {
        let tenths = points.0.unsigned_abs();
        Self::sized(points.0.cmp(&0), &format!("{}.{}", tenths / 10, tenths % 10))
    }

    fn sized(sign: Ordering, size: &str) -> Self {
        match sign {
            Ordering::Less => Self::Fall(size.to_owned()),
            Ordering::Equal => Self::Same,
            Ordering::Greater => Self::Rise(size.to_owned()),
        }
    }

    /// The word that stands beside the colour.
    pub fn label(&self) -> &'static str {
        match self {
            Self::First => "新規",
            Self::Rise(_) => "増加",
            Self::Fall(_) => "減少",
            Self::Same => "変化なし",
            Self::Unclear(_) => "増減は未確定",
            Self::NotUpdated(_) => "更新なし",
            Self::NotComparable(_) => "比較不可",
        }
    }

    /// The name in files and of the style.
    pub fn code(&self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Rise(_) => "rise",
            Self::Fall(_) => "fall",
            Self::Same => "same",
            Self::Unclear(_) => "unclear",
            Self::NotUpdated(_) => "not-updated",
            Self::NotComparable(_) => "not-comparable",
        }
    }
}

/// `magnitude / 10^scale` without trailing zeros behind the point.
fn digits(magnitude: u128, scale: usize) -> String {
    let padded = format!("{magnitude:0>width$}", width = scale + 1);
    let (whole, fraction) = padded.split_at(padded.len() - scale);
    match fraction.trim_end_matches('0') {
        "" => whole.to_owned(),
        fraction => format!("{whole}.{fraction}"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::date;
    use crate::indicator::Outcome;
    use crate::kpi::Frequency;

    fn number(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn differences_are_exact() {
        let between = |a: &str, b: &str| Change::between(number(a), number(b));
        assert_eq!(between("0.1", "0.3"), Change::Rise("0.2".to_owned()));
        assert_eq!(between("12", "9.95"), Change::Fall("2.05".to_owned()));
        assert_eq!(between("1.50", "1.5"), Change::Same);
        assert_eq!(
            between("-999999999999999", "0.00000000000001"),
            Change::Rise("999999999999999.00000000000001".into())
        );
    }

    #[test]
    fn shares_rise_only_whatever_the_undetermined_turn_out_to_be() {
        let of = |engaged, not_engaged| Outcome { engaged, not_engaged, register: 40, respondents: 40 };
        let between = |earlier: Outcome, later: Outcome| Change::of_shares(&later.change_since(&earlier).unwrap());
        assert_eq!(between(of(11, 29), of(10, 30)), Change::Fall("2.5".to_owned()));
        assert_eq!(between(of(10, 30), of(12, 20)), Change::Rise("5.0".to_owned()));
        assert_eq!(between(of(10, 25), of(12, 20)), Change::Unclear(Points(50)));
    }

    #[test]
    fn a_value_that_is_not_the_latest_due_does_not_repeat_itself_as_new() {
        let schedule = Schedule { frequency: Frequency::Yearly, reference: date::parse("2025-04-01") };
        let values =
            [("2024", "10"), ("2025", "12")].map(|(code, text)| (Period::of_code(code).unwrap(), number(text)));
        let change = |values, today| Change::of(values, schedule, date::parse(today).unwrap());
        assert_eq!(change(&values, "2026-03-31"), Some(Change::Rise("2".to_owned())));
        assert_eq!(
            change(&values, "2026-04-01"),
            Some(Change::NotUpdated("前回 令和7年度（2025年4月1日現在）".to_owned()))
        );
        assert_eq!(change(&values[1..], "2026-03-31"), Some(Change::First));
        assert_eq!(change(&[], "2026-03-31"), None);
    }

    proptest! {
        #[test]
        fn a_rise_seen_backwards_is_the_same_fall(a in -10_i64.pow(14)..10_i64.pow(14), b in -10_i64.pow(14)..10_i64.pow(14)) {
            let (a, b) = (Decimal::from(a), Decimal::from(b));
            match (Change::between(a, b), Change::between(b, a)) {
                (Change::Rise(up), Change::Fall(down)) | (Change::Fall(down), Change::Rise(up)) => prop_assert_eq!(up, down),
                (Change::Same, Change::Same) => prop_assert_eq!(a, b),
                other => prop_assert!(false, "{other:?}"),
            }
        }
    }
}
