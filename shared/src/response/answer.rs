//! One answer's value, parsed from what was typed.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::date;
use crate::questionnaire::{Choice, ChoiceState, QuestionKind, QuestionName};

/// What a ticked [`QuestionKind::Acknowledge`] is, as in XForms: <https://getodk.github.io/xforms-spec/#trigger>.
pub const ACKNOWLEDGED: &str = "OK";

/// All answers of a response, by question. A question without an answer is absent.
pub type Answers = BTreeMap<QuestionName, AnswerValue>;

/// The value of one answer.
///
/// Stored and sent as JSON with its kind, e.g. `{"choice":"1"}`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerValue {
    /// Free text, kept to the letter.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A decimal number.
    Decimal(Decimal),
    /// `YYYY-MM-DD`, verified.
    Date(String),
    /// The name of a choice.
    Choice(String),
    /// The names of choices, each once: in the questionnaire's order, or for a ranking in the order given.
    Choices(Vec<String>),
    /// No value but a state, where the question allows it (a select says it with a choice).
    State(ChoiceState),
}

/// What was typed cannot be this question's answer. The text is shown below the field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidAnswer {
    /// Not a whole number.
    #[error("整数で入力してください。例：12")]
    NotAnInteger,
    /// Not a number.
    #[error("数値で入力してください。例：12.5")]
    NotANumber,
    /// More digits than can be kept exactly.
    #[error("桁数が多すぎます。15桁以内で入力してください。")]
    TooManyDigits,
    /// Not a calendar date.
    #[error("日付は 2026-11-30 の形で入力してください。")]
    NotADate,
    /// Not one of the choices.
    #[error("選択肢にない値です。表示されている選択肢から選び直してください。")]
    NotAChoice,
    /// More than one value for a question that takes one.
    #[error("1つだけ選んでください。")]
    MoreThanOne,
    /// An exclusive choice together with others.
    #[error("「{0}」は、ほかの選択肢と同時に選べません。")]
    Exclusive(String),
    /// The same choice in two places of a ranking.
    #[error("「{0}」を2つの順位で選んでいます。順位ごとに別の選択肢を選んでください。")]
    RankedTwice(String),
    /// Longer than allowed.
    #[error("{limit}文字以内で入力してください（現在{length}文字）。")]
    TooLong {
        /// Longest allowed, in characters.
        limit: u32,
        /// Typed, in characters.
        length: usize,
    },
    /// 不明 where it is not offered, or together with a value.
    #[error("「不明」を選ぶときは、値を空欄にしてください。")]
    UnknownWithValue,
    /// A note takes no answer.
    #[error("この項目には回答できません。")]
    NotAQuestion,
}

/// What a form or the API sent for one question.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RawAnswer {
    /// The values: one for most kinds, any number for a multiple select.
    #[serde(default)]
    pub values: Vec<String>,
    /// 「不明」 was ticked beside the field.
    #[serde(default)]
    pub unknown: bool,
}

impl AnswerValue {
    /// Reads what was typed; `Ok(None)` when it is blank.
    pub fn parse(kind: &QuestionKind, may_be_unknown: bool, raw: &RawAnswer) -> Result<Option<Self>, InvalidAnswer> {
        let given: Vec<&str> = raw.values.iter().map(String::as_str).filter(|v| !v.trim().is_empty()).collect();
        if raw.unknown {
            let allowed = may_be_unknown && given.is_empty();
            return if allowed {
                Ok(Some(Self::State(ChoiceState::Unknown)))
            } else {
                Err(InvalidAnswer::UnknownWithValue)
            };
        }
        let [first, rest @ ..] = given.as_slice() else { return Ok(None) };
        if !rest.is_empty() && !matches!(kind, QuestionKind::SelectMultiple { .. } | QuestionKind::Rank { .. }) {
            return Err(InvalidAnswer::MoreThanOne);
        }
        let value = match kind {
            QuestionKind::Text { max_length, .. } => Self::text(first, *max_length)?,
            QuestionKind::Integer => Self::Integer(parse_integer(first)?),
            QuestionKind::Decimal => Self::Decimal(first.parse()?),
            QuestionKind::Date => Self::date(first)?,
            QuestionKind::SelectOne { choices } => {
                let choice = choices.iter().find(|c| c.name == *first).ok_or(InvalidAnswer::NotAChoice)?;
                Self::Choice(choice.name.clone())
            }
            QuestionKind::SelectMultiple { choices } => {
                if given.iter().any(|name| choices.iter().all(|c| c.name != **name)) {
                    return Err(InvalidAnswer::NotAChoice);
                }
                let picked: Vec<_> = choices.iter().filter(|c| given.contains(&c.name.as_str())).collect();
                if let (Some(exclusive), 2..) = (picked.iter().find(|c| c.exclusive), picked.len()) {
                    return Err(InvalidAnswer::Exclusive(exclusive.label.clone()));
                }
                Self::Choices(picked.into_iter().map(|c| c.name.clone()).collect())
            }
            QuestionKind::Rank { choices } => Self::rank(&given, choices)?,
            QuestionKind::Acknowledge if *first == ACKNOWLEDGED => Self::Choice(ACKNOWLEDGED.to_owned()),
            QuestionKind::Acknowledge => return Err(InvalidAnswer::NotAChoice),
            QuestionKind::Calculate | QuestionKind::Hidden | QuestionKind::Note => {
                return Err(InvalidAnswer::NotAQuestion);
            }
        };
        Ok(Some(value))
    }

    /// The form values that would be parsed to this value again.
    pub fn raw(&self) -> RawAnswer {
        let values = match self {
            Self::Text(text) | Self::Date(text) | Self::Choice(text) => vec![text.clone()],
            Self::Integer(number) => vec![number.to_string()],
            Self::Decimal(number) => vec![number.to_string()],
            Self::Choices(names) => names.clone(),
            Self::State(_) => return RawAnswer { values: Vec::new(), unknown: true },
        };
        RawAnswer { values, unknown: false }
    }

    fn rank(given: &[&str], choices: &[Choice]) -> Result<Self, InvalidAnswer> {
        let mut ranked: Vec<String> = Vec::with_capacity(given.len());
        for name in given {
            let choice = choices.iter().find(|c| c.name == *name).ok_or(InvalidAnswer::NotAChoice)?;
            if ranked.contains(&choice.name) {
                return Err(InvalidAnswer::RankedTwice(choice.label.clone()));
            }
            ranked.push(choice.name.clone());
        }
        Ok(Self::Choices(ranked))
    }

    fn text(typed: &str, limit: u32) -> Result<Self, InvalidAnswer> {
        // A form sends line ends as CRLF; the text itself has LF.
        let text = typed.replace("\r\n", "\n");
        let length = text.chars().count();
        if length > limit as usize {
            return Err(InvalidAnswer::TooLong { limit, length });
        }
        Ok(Self::Text(text))
    }

    fn date(typed: &str) -> Result<Self, InvalidAnswer> {
        let text = half_width(typed.trim()).replace('/', "-");
        Ok(Self::Date(date::iso(date::parse(text.trim()).ok_or(InvalidAnswer::NotADate)?)))
    }
}

/// Full-width digits, signs and points as half-width; △ and ▲ as minus.
fn half_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32).unwrap_or(c),
            '．' | '。' => '.',
            '，' | '、' => ',',
            // Whatever stands on the keys and in the lists of an input method where a minus is meant.
            '△' | '▲' | '－' | '−' | '‐' | '‑' | '–' | '—' | '―' | 'ー' | 'ｰ' => '-',
            '＋' => '+',
            '／' => '/',
            '　' => ' ',
            other => other,
        })
        .collect()
}

/// Removes thousands separators where they stand as such: after one to three digits, then every three.
fn without_separators(text: &str) -> Option<String> {
    let (whole, fraction) = text.split_once('.').map_or((text, None), |(w, f)| (w, Some(f)));
    let digits = whole.trim_start_matches(['+', '-']);
    let mut groups = digits.split(',');
    let first = groups.next().unwrap_or_default();
    let mut separated = false;
    for group in groups {
        separated = true;
        if group.len() != 3 {
            return None;
        }
    }
    if separated && !(1..=3).contains(&first.len()) {
        return None;
    }
    let whole = whole.replace(',', "");
    Some(fraction.map_or(whole.clone(), |f| format!("{whole}.{f}")))
}

/// An integer as officials type it: full-width digits, separators, △ and ▲ for negatives.
pub fn parse_integer(typed: &str) -> Result<i64, InvalidAnswer> {
    let number: Decimal = typed.parse().map_err(|error| match error {
        InvalidAnswer::TooManyDigits => InvalidAnswer::TooManyDigits,
        _ => InvalidAnswer::NotAnInteger,
    })?;
    if number.scale == 0 { Ok(number.mantissa) } else { Err(InvalidAnswer::NotAnInteger) }
}

/// A decimal number kept exactly: `mantissa / 10^scale`, without trailing zeros.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Decimal {
    mantissa: i64,
    scale: u8,
}

impl Decimal {
    /// The nearest double, for evaluation of expressions.
    #[expect(clippy::cast_precision_loss, reason = "at most 15 digits, all of which a double holds")]
    pub fn to_f64(self) -> f64 {
        self.mantissa as f64 / 10_f64.powi(i32::from(self.scale))
    }

    /// The number that a double stands for, rounded to at most 15 digits (and as many decimals); `None` where that is
    /// too large, infinite or not a number.
    pub fn nearest(number: f64) -> Option<Self> {
        let magnitude = number.abs();
        if magnitude.is_nan() || magnitude >= 1e15 {
            return None;
        }
        let mut scale = 15_u8;
        let mut limit = 1.0;
        while magnitude >= limit {
            limit *= 10.0;
            scale -= 1;
        }
        // A double holds every such mantissa; 16 digits come about when 15 nines are rounded up.
        #[expect(clippy::cast_possible_truncation, reason = "at most 10^15")]
        let mut mantissa = (number * 10_f64.powi(i32::from(scale))).round() as i64;
        while scale > 0 && mantissa % 10 == 0 {
            mantissa /= 10;
            scale -= 1;
        }
        (mantissa.unsigned_abs() < 1_000_000_000_000_000).then_some(Self { mantissa, scale })
    }

    /// The number as (mantissa, scale): `mantissa / 10^scale`.
    pub fn parts(self) -> (i64, u8) {
        (self.mantissa, self.scale)
    }
}

impl From<i64> for Decimal {
    fn from(mantissa: i64) -> Self {
        Self { mantissa, scale: 0 }
    }
}

impl FromStr for Decimal {
    type Err = InvalidAnswer;

    fn from_str(typed: &str) -> Result<Self, Self::Err> {
        let text = without_separators(half_width(typed).trim()).ok_or(InvalidAnswer::NotANumber)?;
        let (negative, digits) = match text.as_bytes().first() {
            Some(b'-') => (true, &text[1..]),
            Some(b'+') => (false, &text[1..]),
            _ => (false, text.as_str()),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        let empty_fraction = digits.ends_with('.');
        if whole.is_empty() || empty_fraction || !all_digits(whole) || !all_digits(fraction) {
            return Err(InvalidAnswer::NotANumber);
        }
        let fraction = fraction.trim_end_matches('0');
        let significant = whole.trim_start_matches('0').len() + fraction.len();
        if significant > 15 {
            return Err(InvalidAnswer::TooManyDigits);
        }
        let scale = u8::try_from(fraction.len()).map_err(|_| InvalidAnswer::TooManyDigits)?;
        let magnitude: i64 = format!("{whole}{fraction}").parse().map_err(|_| InvalidAnswer::TooManyDigits)?;
        Ok(Self { mantissa: if negative { -magnitude } else { magnitude }, scale })
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.mantissa < 0 { "-" } else { "" };
        let magnitude = self.mantissa.unsigned_abs();
        let scale = usize::from(self.scale);
        if scale == 0 {
            return write!(f, "{sign}{magnitude}");
        }
        let unit = 10_u64.pow(u32::from(self.scale));
        write!(f, "{sign}{}.{:0scale$}", magnitude / unit, magnitude % unit)
    }
}

impl TryFrom<String> for Decimal {
    type Error = InvalidAnswer;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Decimal> for String {
    fn from(number: Decimal) -> Self {
        number.to_string()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_are_accepted_as_officials_type_them() {
        for (typed, kept) in [
            ("１２", "12"),
            ("１，２３４", "1234"),
            ("1,234.50", "1234.5"),
            ("△5", "-5"),
            ("▲５．２", "-5.2"),
            (" 007 ", "7"),
            ("－3", "-3"),
            ("ー３", "-3"),
            ("–3", "-3"),
            ("0.0", "0"),
            ("+4", "4"),
            ("　8　", "8"),
        ] {
            assert_eq!(typed.parse::<Decimal>().unwrap().to_string(), kept, "{typed:?}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for typed in ["", "-", "1,23", ",123", "12a", "1.2.3", "1.", ".5", "1e3", "12 人", "1,2345", "NaN"] {
            assert_eq!(typed.parse::<Decimal>(), Err(InvalidAnswer::NotANumber), "{typed:?}");
        }
        assert_eq!("1234567890123456".parse::<Decimal>(), Err(InvalidAnswer::TooManyDigits));
        assert_eq!(parse_integer("1.5"), Err(InvalidAnswer::NotAnInteger));
    }

    #[test]
    fn a_double_is_rounded_to_fifteen_digits() {
        for (number, kept) in [
            (0.1 + 0.2, "0.3"),
            (1.0 / 3.0, "0.333333333333333"),
            (-2.0 / 3.0 * 100.0, "-66.6666666666667"),
            (1.005 * 1000.0, "1005"),
            (9.999_999_999_999_999_9, "10"),
            (-0.0, "0"),
            (1e-20, "0"),
            (999_999_999_999_999.0, "999999999999999"),
        ] {
            assert_eq!(Decimal::nearest(number).unwrap().to_string(), kept, "{number}");
        }
        for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e15, -1e300, 999_999_999_999_999.9] {
            assert_eq!(Decimal::nearest(number), None, "{number}");
        }
    }

    proptest! {
        #[test]
        fn a_decimal_is_the_nearest_to_itself(mantissa in -999_999_999_999_999_i64..=999_999_999_999_999, point in 0_u32..=15) {
            let written = format!("{}{:016}", if mantissa < 0 { "-" } else { "" }, mantissa.abs());
            let (whole, fraction) = written.split_at(written.len() - point as usize);
            let exact: Decimal = format!("{whole}.{fraction}0").parse().unwrap();
            prop_assert_eq!(Decimal::nearest(exact.to_f64()), Some(exact));
        }

        #[test]
        fn a_decimal_survives_being_written(mantissa in -999_999_999_999_i64..=999_999_999_999, scale in 0_u8..=3) {
            let text = Decimal { mantissa, scale }.to_string();
            let read: Decimal = text.parse().unwrap();
            prop_assert_eq!(read.to_string().parse::<Decimal>().unwrap(), read);
            let difference = (read.to_f64() - Decimal { mantissa, scale }.to_f64()).abs();
            prop_assert!(difference < 1e-4);
        }

        #[test]
        fn no_typed_text_panics(typed in ".*") {
            let _ = typed.parse::<Decimal>();
        }
    }
}
