//! How often a row is measured, and the periods that its values stand for.

use std::fmt;

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::fiscal_year::FiscalYear;

/// The plan's first year: rows without a reference date begin there.
const FIRST_YEAR: u16 = 2024;
/// The plan's last year.
pub const LAST_YEAR: u16 = 2028;

/// How often a row is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Frequency {
    /// 半年ごと
    HalfYearly,
    /// 毎年
    Yearly,
    /// 5年ごと
    FiveYearly,
}

impl Frequency {
    /// All, from the shortest.
    pub const ALL: [Self; 3] = [Self::HalfYearly, Self::Yearly, Self::FiveYearly];

    /// The code in forms, files and the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::HalfYearly => "half-yearly",
            Self::Yearly => "yearly",
            Self::FiveYearly => "five-yearly",
        }
    }

    /// The frequency of that code, or of its word.
    pub fn of_code(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|frequency| text == frequency.code() || text == frequency.label())
    }

    /// 「毎年」
    pub fn label(self) -> &'static str {
        match self {
            Self::HalfYearly => "半年ごと",
            Self::Yearly => "毎年",
            Self::FiveYearly => "5年ごと",
        }
    }

    /// Months from one reference date to the next.
    fn months(self) -> u32 {
        match self {
            Self::HalfYearly => 6,
            Self::Yearly => 12,
            Self::FiveYearly => 60,
        }
    }
}

/// 上半期 (April to September) or 下半期 (October to March).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Half {
    /// 上半期
    First,
    /// 下半期
    Second,
}

impl Half {
    /// The code in files.
    pub fn code(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Second => "second",
        }
    }
}

/// What a value stands for: a fiscal year, or a half of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// The fiscal year.
    pub year: FiscalYear,
    /// Which half; `None` for the whole year.
    pub half: Option<Half>,
}

impl Period {
    /// The whole year.
    pub fn year(year: FiscalYear) -> Self {
        Self { year, half: None }
    }

    /// `2026`, `2026H1`, `2026H2`: what spreadsheets do not take for a date.
    pub fn code(self) -> String {
        let half = match self.half {
            None => "",
            Some(Half::First) => "H1",
            Some(Half::Second) => "H2",
        };
        format!("{}{half}", self.year.year())
    }

    /// The period of that code.
    pub fn of_code(code: &str) -> Option<Self> {
        let (year, half) = match code.get(4..) {
            Some("") => (code, None),
            Some("H1" | "h1") => (&code[..4], Some(Half::First)),
            Some("H2" | "h2") => (&code[..4], Some(Half::Second)),
            _ => return None,
        };
        Some(Self { year: year.parse().ok()?, half })
    }

    /// The period in which a day lies; `None` outside the years that there are.
    fn containing(day: NaiveDate, frequency: Frequency) -> Option<Self> {
        let year = if day.month() < 4 { day.year() - 1 } else { day.year() };
        let half = if (4..10).contains(&day.month()) { Half::First } else { Half::Second };
        let year = FiscalYear::new(u16::try_from(year).ok()?).ok()?;
        Some(Self { year, half: (frequency == Frequency::HalfYearly).then_some(half) })
    }

    /// The last day.
    fn end(self) -> Option<NaiveDate> {
        let year = i32::from(self.year.year());
        match self.half {
            Some(Half::First) => NaiveDate::from_ymd_opt(year, 9, 30),
            Some(Half::Second) | None => NaiveDate::from_ymd_opt(year + 1, 3, 31),
        }
    }

    /// Half-years since the beginning of the calendar, of its beginning.
    fn half_years(self) -> i32 {
        2 * i32::from(self.year.year()) + i32::from(self.half == Some(Half::Second))
    }
}

/// 「令和8年度」「令和8年度上半期」
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.year.wareki())?;
        match self.half {
            None => Ok(()),
            Some(Half::First) => f.write_str("上半期"),
            Some(Half::Second) => f.write_str("下半期"),
        }
    }
}

/// When a row is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schedule {
    /// How often.
    pub frequency: Frequency,
    /// One day that a value holds for.
    pub reference: Option<NaiveDate>,
}

/// A period that a row has no value for. The text says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WrongPeriod {
    /// Of another length than the row's.
    #[error("{}の指標です。{}の形で指定してください。", .0.label(), example(*.0))]
    Length(Frequency),
    /// Between two measurements.
    #[error("{}の指標です。基準日から数えると、{before}と{after}の間に測る回はありません。", .frequency.label())]
    Between {
        /// How often it is measured.
        frequency: Frequency,
        /// The measurement before.
        before: Period,
        /// The measurement after.
        after: Period,
    },
}

fn example(frequency: Frequency) -> &'static str {
    match frequency {
        Frequency::HalfYearly => "2026H1（上半期）、2026H2（下半期）",
        Frequency::Yearly | Frequency::FiveYearly => "2026（年度）",
    }
}

impl Schedule {
    /// Whether the row has a value for that period.
    pub fn admit(self, period: Period) -> Result<(), WrongPeriod> {
        let frequency = self.frequency;
        if period.half.is_some() != (frequency == Frequency::HalfYearly) {
            return Err(WrongPeriod::Length(frequency));
        }
        let Some(apart) = self.apart(period) else { return Ok(()) };
        let over = apart.rem_euclid(self.step());
        let year = |half_years: i32| FiscalYear::new(u16::try_from(half_years / 2).unwrap_or_default()).ok();
        match (over, year(period.half_years() - over), year(period.half_years() - over + self.step())) {
            (0, ..) => Ok(()),
            (_, Some(before), Some(after)) => {
                Err(WrongPeriod::Between { frequency, before: Period::year(before), after: Period::year(after) })
            }
            _ => Err(WrongPeriod::Length(frequency)),
        }
    }

    /// The day that the period's value holds for; `None` without a reference date and for what is not [admitted](Self::admit).
    /// The last day of a month is followed by last days of months.
    pub fn date_of(self, period: Period) -> Option<NaiveDate> {
        self.admit(period).ok()?;
        let (reference, months) = (self.reference?, 6 * self.apart(period)?);
        let shift = Months::new(months.unsigned_abs());
        let day = |from: NaiveDate| {
            if months < 0 { from.checked_sub_months(shift) } else { from.checked_add_months(shift) }
        };
        // The day after a month's last one is the first of the next.
        let next = reference.succ_opt()?;
        if next.day() == 1 { day(next)?.pred_opt() } else { day(reference) }
    }

    /// 「令和8年度（2026年4月1日現在）」, or the period alone without a reference date.
    pub fn words(self, period: Period) -> String {
        match self.date_of(period) {
            Some(day) => format!("{period}（{}年{}月{}日現在）", day.year(), day.month(), day.day()),
            None => period.to_string(),
        }
    }

    /// The last period whose day has come; `None` where that is not known.
    ///
    /// Without a reference date a period is due when it is over, and every five years never: it is not known which ones.
    pub fn due(self, today: NaiveDate) -> Option<Period> {
        let now = Period::containing(today, self.frequency)?;
        let step = self.step();
        let start = match self.apart(now) {
            Some(apart) => now.half_years() - apart.rem_euclid(step),
            None if self.frequency == Frequency::FiveYearly => return None,
            None => now.half_years(),
        };
        let mut periods = [start, start - step].into_iter().filter_map(|half_years| self.at(half_years));
        let come = |period: &Period| self.date_of(*period).or(period.end()).is_some_and(|day| day <= today);
        periods.find(come)
    }

    /// The periods to enter values for: from the first of the plan, or the reference date's, to the present one.
    pub fn open(self, today: NaiveDate) -> Vec<Period> {
        let Some(now) = Period::containing(today, self.frequency) else { return Vec::new() };
        let step = self.step();
        let own = self.reference.and_then(|day| Period::containing(day, self.frequency)).map(Period::half_years);
        let first = own.unwrap_or(i32::MAX).min(2 * i32::from(FIRST_YEAR));
        // On the reference date's own steps.
        let first = own.map_or(first, |own| own - (own - first) / step * step);
        let mut periods = Vec::new();
        let mut half_years = first;
        while half_years <= now.half_years() {
            periods.extend(self.at(half_years));
            half_years += if own.is_none() && self.frequency == Frequency::FiveYearly { 2 } else { step };
        }
        periods
    }

    /// Half-years from one measurement to the next.
    fn step(self) -> i32 {
        i32::try_from(self.frequency.months() / 6).unwrap_or(1)
    }

    /// Half-years from the reference date's period to that one.
    fn apart(self, period: Period) -> Option<i32> {
        Some(period.half_years() - Period::containing(self.reference?, self.frequency)?.half_years())
    }

    fn at(self, half_years: i32) -> Option<Period> {
        let year = FiscalYear::new(u16::try_from(half_years / 2).ok()?).ok()?;
        let half = if half_years % 2 == 0 { Half::First } else { Half::Second };
        Some(Period { year, half: (self.frequency == Frequency::HalfYearly).then_some(half) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date;

    fn day(text: &str) -> NaiveDate {
        date::parse(text).unwrap()
    }

    fn schedule(frequency: Frequency, reference: Option<&str>) -> Schedule {
        Schedule { frequency, reference: reference.map(day) }
    }

    fn period(code: &str) -> Period {
        Period::of_code(code).unwrap()
    }

    fn codes(periods: &[Period]) -> Vec<String> {
        periods.iter().map(|period| period.code()).collect()
    }

    #[test]
    fn a_period_is_written_so_that_no_spreadsheet_takes_it_for_a_date() {
        for (code, words) in [("2026", "令和8年度"), ("2026H1", "令和8年度上半期"), ("2019H2", "令和元年度下半期")]
        {
            assert_eq!((period(code).code().as_str(), period(code).to_string().as_str()), (code, words));
        }
        for wrong in ["", "26", "2026H3", "2026-1", "2018", "2026H11", "２０２６", "上半期"] {
            assert_eq!(Period::of_code(wrong), None, "{wrong}");
        }
        assert!(period("2026H1") < period("2026H2") && period("2026H2") < period("2027H1"));
    }

    #[test]
    fn every_frequency_has_the_reference_dates_that_follow_from_one() {
        let half = schedule(Frequency::HalfYearly, Some("2024-09-30"));
        let dates = |schedule: Schedule, codes: &[&str]| {
            codes.iter().map(|code| schedule.date_of(period(code)).map(date::iso)).collect::<Vec<_>>()
        };
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(dates(half, &["2024H2", "2025H1", "2023H2"]), ["2025-03-31", "2025-09-30", "2024-03-31"].map(some));
        let year = schedule(Frequency::Yearly, Some("2024-02-29"));
        assert_eq!(dates(year, &["2023", "2024", "2027"]), ["2024-02-29", "2025-02-28", "2028-02-29"].map(some));
        let five = schedule(Frequency::FiveYearly, Some("2021-10-20"));
        assert_eq!(dates(five, &["2021", "2026", "2025"]), [some("2021-10-20"), some("2026-10-20"), None]);
        assert_eq!(dates(schedule(Frequency::Yearly, None), &["2026"]), [None]);
        assert_eq!(five.words(period("2026")), "令和8年度（2026年10月20日現在）");
        assert_eq!(schedule(Frequency::Yearly, None).words(period("2026")), "令和8年度");
    }

    #[test]
    fn a_value_between_two_measurements_is_refused_with_those() {
        let five = schedule(Frequency::FiveYearly, Some("2021-10-20"));
        let refused = five.admit(period("2024")).unwrap_err().to_string();
        assert!(refused.contains("令和3年度と令和8年度の間"), "{refused}");
        assert!(five.admit(period("2026")).is_ok() && five.admit(period("2026H1")).is_err());
        let half = schedule(Frequency::HalfYearly, None);
        assert!(half.admit(period("2026H2")).is_ok());
        assert!(half.admit(period("2026")).unwrap_err().to_string().contains("2026H1"));
    }

    #[test]
    fn what_is_due_has_had_its_day() {
        let due = |schedule: Schedule, today: &str| schedule.due(day(today)).map(Period::code);
        let some = |text: &str| Some(text.to_owned());
        let april = schedule(Frequency::Yearly, Some("2025-04-01"));
        assert_eq!(due(april, "2026-03-31"), some("2025"));
        assert_eq!(due(april, "2026-04-01"), some("2026"));
        assert_eq!(due(schedule(Frequency::Yearly, None), "2026-11-27"), some("2025"));
        assert_eq!(due(schedule(Frequency::HalfYearly, None), "2026-09-30"), some("2026H1"));
        assert_eq!(due(schedule(Frequency::HalfYearly, None), "2026-11-27"), some("2026H1"));
        let five = schedule(Frequency::FiveYearly, Some("2021-10-20"));
        assert_eq!(due(five, "2026-10-19"), some("2021"));
        assert_eq!(due(five, "2026-10-20"), some("2026"));
        assert_eq!(due(schedule(Frequency::FiveYearly, None), "2026-11-27"), None);
    }

    #[test]
    fn values_can_be_entered_from_the_plans_first_year_to_the_present() {
        let open = |schedule: Schedule| codes(&schedule.open(day("2026-11-27")));
        assert_eq!(open(schedule(Frequency::Yearly, None)), ["2024", "2025", "2026"]);
        assert_eq!(
            open(schedule(Frequency::HalfYearly, None)),
            ["2024H1", "2024H2", "2025H1", "2025H2", "2026H1", "2026H2"]
        );
        assert_eq!(open(schedule(Frequency::FiveYearly, Some("2021-10-20"))), ["2021", "2026"]);
        assert_eq!(open(schedule(Frequency::FiveYearly, Some("2026-10-20"))), ["2026"]);
        assert_eq!(open(schedule(Frequency::Yearly, Some("2026-04-01"))), ["2024", "2025", "2026"]);
    }
}
