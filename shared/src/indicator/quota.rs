//! 必要数: how many of several parts must be engaged, and what follows while some are undetermined.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::Engagement;

/// How many of the parts must be engaged. Written `any`, `all`, `at least 2`, `at least 1/2`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Quota {
    /// One or more.
    Any,
    /// That many: two or more, since one is [`Self::Any`].
    AtLeast(u8),
    /// That share of the parts that apply: more than nothing, less than all.
    Share(Fraction),
    /// Every part that applies.
    All,
}

/// A share between 0 and 1, both excluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fraction {
    numerator: u8,
    denominator: u8,
}

/// The text is no quota.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("「{0}」は必要数として読み取れません。any、all、at least 2、at least 1/2 のように書いてください。")]
pub struct InvalidQuota(String);

impl Quota {
    /// At least `k`; `None` for 0.
    pub fn at_least(k: u8) -> Option<Self> {
        match k {
            0 => None,
            1 => Some(Self::Any),
            _ => Some(Self::AtLeast(k)),
        }
    }

    /// How many of `parts` parts that apply must be engaged: for a share, rounded up.
    pub fn needed(self, parts: usize) -> usize {
        match self {
            Self::Any => 1,
            Self::AtLeast(k) => usize::from(k),
            Self::Share(Fraction { numerator, denominator }) => {
                (parts * usize::from(numerator)).div_ceil(usize::from(denominator))
            }
            Self::All => parts,
        }
    }

    /// Decides from the parts: engaged or not only where no completion of what is undetermined could change it.
    ///
    /// A part that is `None` does not apply and is left out; what is undetermined may still turn out to be left out.
    /// `None` where nothing applies.
    pub fn decide(self, parts: impl IntoIterator<Item = Option<Engagement>>) -> Option<Engagement> {
        let (mut engaged, mut not_engaged, mut undetermined) = (0, 0, 0);
        for part in parts.into_iter().flatten() {
            match part {
                Engagement::Engaged => engaged += 1,
                Engagement::NotEngaged => not_engaged += 1,
                Engagement::Undetermined => undetermined += 1,
            }
        }
        let needed = self.needed(engaged + not_engaged + undetermined);
        if engaged + not_engaged + undetermined == 0 {
            None
        } else if engaged >= needed {
            // Leaving an undetermined part out lowers what is needed, or leaves it.
            Some(Engagement::Engaged)
        } else if engaged + not_engaged > 0 && engaged + undetermined < needed {
            // Something certainly applies; without it, everything might still turn out not to apply. Leaving a part out
            // instead of engaging it lowers what is needed by one at most.
            Some(Engagement::NotEngaged)
        } else {
            Some(Engagement::Undetermined)
        }
    }

    /// 「いずれか1分野以上」「2分野以上」「半数以上の分野」「すべての分野」, of something counted in `unit`.
    pub fn words(self, unit: &str) -> String {
        match self {
            Self::Any => format!("いずれか1{unit}以上"),
            Self::AtLeast(k) => format!("{k}{unit}以上"),
            Self::Share(Fraction { numerator: 1, denominator: 2 }) => format!("半数以上の{unit}"),
            Self::Share(Fraction { numerator, denominator }) => format!("{denominator}分の{numerator}以上の{unit}"),
            Self::All => format!("すべての{unit}"),
        }
    }
}

impl fmt::Display for Quota {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => f.write_str("any"),
            Self::AtLeast(k) => write!(f, "at least {k}"),
            Self::Share(Fraction { numerator, denominator }) => write!(f, "at least {numerator}/{denominator}"),
            Self::All => f.write_str("all"),
        }
    }
}

impl FromStr for Quota {
    type Err = InvalidQuota;

    fn from_str(text: &str) -> Result<Self, InvalidQuota> {
        let invalid = || InvalidQuota(text.to_owned());
        let number = |text: &str| text.parse::<u8>().map_err(|_| invalid());
        match text {
            "any" => Ok(Self::Any),
            "all" => Ok(Self::All),
            _ => match text.strip_prefix("at least ").ok_or_else(invalid)?.split_once('/') {
                None => Self::at_least(number(text.trim_start_matches("at least "))?).ok_or_else(invalid),
                Some((numerator, denominator)) => {
                    let (numerator, denominator) = (number(numerator)?, number(denominator)?);
                    let is_share = numerator > 0 && numerator < denominator;
                    is_share.then_some(Self::Share(Fraction { numerator, denominator })).ok_or_else(invalid)
                }
            },
        }
    }
}

impl TryFrom<String> for Quota {
    type Error = InvalidQuota;

    fn try_from(text: String) -> Result<Self, InvalidQuota> {
        text.parse()
    }
}

impl From<Quota> for String {
    fn from(quota: Quota) -> Self {
        quota.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quota(text: &str) -> Quota {
        text.parse().unwrap()
    }

    #[test]
    fn a_quota_is_read_as_it_is_written() {
        for text in ["any", "all", "at least 2", "at least 1/2", "at least 2/3"] {
            assert_eq!(quota(text).to_string(), text);
        }
        assert_eq!(quota("at least 1"), Quota::Any);
        for text in
            ["", "some", "at least", "at least 0", "at least 0/2", "at least 2/2", "at least 1/0", "at least -1"]
        {
            assert!(text.parse::<Quota>().is_err(), "{text}");
        }
    }

    #[test]
    fn half_of_seven_is_four_and_what_does_not_apply_is_not_counted() {
        assert_eq!([4, 7, 3, 1].map(|parts| quota("at least 1/2").needed(parts)), [2, 4, 2, 1]);
        let (yes, no, open) = (Some(Engagement::Engaged), Some(Engagement::NotEngaged), Some(Engagement::Undetermined));
        assert_eq!(quota("at least 1/2").decide([yes, no, no, None]), no);
        assert_eq!(quota("at least 1/2").decide([yes, no, None, None]), yes);
        assert_eq!(quota("at least 1/2").decide([yes, no, open]), open);
        assert_eq!(quota("at least 2").decide([yes, None, None]), no);
        assert_eq!(quota("all").decide([yes, None]), yes);
        for text in ["any", "all", "at least 2", "at least 1/2"] {
            assert_eq!(quota(text).decide([None, None]), None);
        }
    }

    #[test]
    fn a_quota_reads_as_words() {
        let words = ["any", "at least 2", "at least 1/2", "at least 2/3", "all"].map(|text| quota(text).words("分野"));
        assert_eq!(words, ["いずれか1分野以上", "2分野以上", "半数以上の分野", "3分の2以上の分野", "すべての分野"]);
    }
}
