//! Calendar dates as text.
//!
//! Read and written by hand instead of by chrono's general formats, which would travel to every browser.

use chrono::{Datelike, NaiveDate};

/// Days from 1 January of the year 1 to 1970-01-01, counting as chrono does.
const EPOCH: i32 = 719_163;

/// A date written `2026-11-30` or `2026-4-1`; `None` when there is no such day.
pub fn parse(text: &str) -> Option<NaiveDate> {
    let mut parts = text.split('-');
    let mut number = |shortest: usize, longest: usize| {
        let part = parts.next()?;
        let digits = (shortest..=longest).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        if digits { part.parse::<u32>().ok() } else { None }
    };
    let (year, month, day) = (number(4, 4)?, number(1, 2)?, number(1, 2)?);
    if parts.next().is_some() {
        return None;
    }
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

/// `2026-11-30`
pub fn iso(date: NaiveDate) -> String {
    format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
}

/// Days from 1970-01-01.
pub fn days(date: NaiveDate) -> i32 {
    date.num_days_from_ce() - EPOCH
}

/// The date so many days after 1970-01-01, within the years 0 to 9999.
pub fn after_epoch(days: i32) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(days.checked_add(EPOCH)?).filter(|date| (0..=9999).contains(&date.year()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_date_is_read_as_written_and_must_exist() {
        assert_eq!(parse("2026-4-1").map(iso).as_deref(), Some("2026-04-01"));
        assert_eq!(parse("2024-02-29").map(iso).as_deref(), Some("2024-02-29"));
        for text in
            ["", "2026", "2026-11", "26-11-30", "2026-13-01", "2026-02-29", "2026-11-30-1", "2026-+1-30", "2026-011-3"]
        {
            assert_eq!(parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn days_count_from_1970() {
        assert_eq!(parse("1970-01-01").map(days), Some(0));
        assert_eq!(parse("2026-04-01").map(days), Some(20_544));
        assert_eq!(after_epoch(i32::MAX), None);
    }

    proptest! {
        #[test]
        fn every_day_survives_counting_and_writing(number in -719_528_i32..=2_932_896) {
            let date = after_epoch(number).unwrap();
            prop_assert_eq!(days(date), number);
            prop_assert_eq!(parse(&iso(date)), Some(date));
        }
    }
}
