//! 年度: the Japanese fiscal year, April to March.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A fiscal year, named by the calendar year in which it begins (2026 = 令和8年度, April 2026 – March 2027).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct FiscalYear(u16);

/// The text or number is no fiscal year that Shirabe accepts (2019–2100: 令和 only).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("年度は西暦の4桁（2019〜2100）で指定してください。")]
pub struct InvalidFiscalYear;

impl FiscalYear {
    /// The first calendar year of 令和.
    const REIWA_1: u16 = 2019;

    /// Accepts 2019 to 2100.
    pub fn new(year: u16) -> Result<Self, InvalidFiscalYear> {
        if (Self::REIWA_1..=2100).contains(&year) { Ok(Self(year)) } else { Err(InvalidFiscalYear) }
    }

    /// The calendar year in which the fiscal year begins.
    pub fn year(self) -> u16 {
        self.0
    }

    /// 「令和8年度」
    pub fn wareki(self) -> String {
        match self.0 - Self::REIWA_1 + 1 {
            1 => "令和元年度".to_owned(),
            n => format!("令和{n}年度"),
        }
    }
}

/// 「令和8年度（2026年度）」, the form every page uses.
impl fmt::Display for FiscalYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}（{}年度）", self.wareki(), self.0)
    }
}

impl FromStr for FiscalYear {
    type Err = InvalidFiscalYear;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.len() != 4 {
            return Err(InvalidFiscalYear);
        }
        text.parse().map_err(|_| InvalidFiscalYear).and_then(Self::new)
    }
}

impl TryFrom<u16> for FiscalYear {
    type Error = InvalidFiscalYear;

    fn try_from(year: u16) -> Result<Self, Self::Error> {
        Self::new(year)
    }
}

impl From<FiscalYear> for u16 {
    fn from(year: FiscalYear) -> Self {
        year.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_shown_in_both_calendars() {
        assert_eq!(FiscalYear(2026).to_string(), "令和8年度（2026年度）");
        assert_eq!(FiscalYear(2019).wareki(), "令和元年度");
    }

    #[test]
    fn refuses_what_is_no_year() {
        for text in ["", "26", "２０２６", "2018", "2101", "+202", " 2026"] {
            assert_eq!(text.parse::<FiscalYear>(), Err(InvalidFiscalYear), "{text:?}");
        }
        assert_eq!("2026".parse(), Ok(FiscalYear(2026)));
    }
}
