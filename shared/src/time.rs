//! Points in time: stored in UTC, shown in Japan Standard Time.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, TimeZone, Timelike, Utc};
use serde::{Deserialize, Serialize};

/// Milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// 「2026年11月22日（日）17:00」
    pub fn date_time(self) -> String {
        let t = self.jst();
        format!("{} {:02}:{:02}", date(t), t.hour(), t.minute())
    }

    /// 「2026年11月22日（日）」
    pub fn date(self) -> String {
        date(self.jst())
    }

    /// 「17:00」
    pub fn clock(self) -> String {
        let t = self.jst();
        format!("{:02}:{:02}", t.hour(), t.minute())
    }

    /// RFC 3339 in Japan Standard Time, e.g. `2026-11-22T17:00:00+09:00`.
    pub fn rfc3339(self) -> String {
        self.jst().to_rfc3339_opts(chrono::SecondsFormat::Secs, false)
    }

    /// Whole days from this moment's date to `later`'s date, both in JST; negative when it lies before.
    pub fn days_until(self, later: Self) -> i64 {
        (later.jst().date_naive() - self.jst().date_naive()).num_days()
    }

    /// 17:00 JST on the day so many days after this moment's date.
    #[must_use]
    pub fn end_of_day_after(self, days: i64) -> Self {
        let date = self.jst().date_naive() + chrono::Duration::days(days);
        let local = date.and_hms_opt(17, 0, 0).unwrap_or_default();
        Self(jst_offset().from_local_datetime(&local).single().unwrap_or_default().timestamp_millis())
    }

    /// Reads `2026-11-30T17:00` (what `<input type="datetime-local">` sends) as Japan Standard Time.
    pub fn parse_jst(text: &str) -> Option<Self> {
        let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").ok()?;
        Some(Self(jst_offset().from_local_datetime(&local).single()?.timestamp_millis()))
    }

    /// `2026-11-30T17:00` in JST, as [`Self::parse_jst`] reads it.
    pub fn input_value(self) -> String {
        self.jst().format("%Y-%m-%dT%H:%M").to_string()
    }

    /// This moment's date in JST.
    pub fn day(self) -> NaiveDate {
        self.jst().date_naive()
    }

    fn jst(self) -> DateTime<FixedOffset> {
        DateTime::<Utc>::from_timestamp_millis(self.0).unwrap_or_default().with_timezone(&jst_offset())
    }
}

fn jst_offset() -> FixedOffset {
    FixedOffset::east_opt(9 * 3600).unwrap_or_else(|| unreachable!("nine hours is a valid offset"))
}

fn date(t: DateTime<FixedOffset>) -> String {
    let weekday = ["月", "火", "水", "木", "金", "土", "日"][t.weekday().num_days_from_monday() as usize];
    format!("{}年{}月{}日（{weekday}）", t.year(), t.month(), t.day())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_shown_in_japan_standard_time() {
        let deadline = Timestamp::parse_jst("2026-11-30T17:00").unwrap();
        assert_eq!(deadline.date_time(), "2026年11月30日（月） 17:00");
        assert_eq!(deadline.rfc3339(), "2026-11-30T17:00:00+09:00");
        assert_eq!(deadline.0, 1_796_025_600_000);
    }

    #[test]
    fn counts_days_by_the_calendar() {
        let late_evening = Timestamp::parse_jst("2026-11-22T23:59").unwrap();
        let next_morning = Timestamp::parse_jst("2026-11-23T00:01").unwrap();
        assert_eq!(late_evening.days_until(next_morning), 1);
        assert_eq!(next_morning.days_until(late_evening), -1);
    }
}
