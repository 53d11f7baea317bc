//! XPath's three types and the conversions between them.
//!
//! Source: XPath 1.0 §4 (<https://www.w3.org/TR/1999/REC-xpath-19991116/>). There are no node-sets: an answer is text.

use std::borrow::Cow;

use crate::response::AnswerValue;

/// What an expression evaluates to.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value<'a> {
    /// An answer, which is text; kept as it is because most are read as a number or a choice.
    Answer(&'a AnswerValue),
    Text(Cow<'a, str>),
    Number(f64),
    Boolean(bool),
}

impl<'a> Value<'a> {
    /// What an unanswered question is.
    pub(super) const EMPTY: Self = Self::Text(Cow::Borrowed(""));

    /// An answer as text: the name of a choice, names joined by a space, a number in its shortest form.
    /// A state (不明) is no value and therefore empty.
    pub(super) fn of_answer(answer: Option<&'a AnswerValue>) -> Self {
        match answer {
            None | Some(AnswerValue::State(_)) => Self::EMPTY,
            Some(answer) => Self::Answer(answer),
        }
    }

    /// `boolean(x)`
    pub(super) fn boolean(&self) -> bool {
        match self {
            Self::Answer(_) | Self::Text(_) => !self.is_blank(),
            Self::Number(number) => *number != 0.0 && !number.is_nan(),
            Self::Boolean(boolean) => *boolean,
        }
    }

    /// Whether it is an empty text.
    pub(super) fn is_blank(&self) -> bool {
        match self {
            Self::Answer(AnswerValue::Text(text)) => text.is_empty(),
            Self::Text(text) => text.is_empty(),
            Self::Answer(_) | Self::Number(_) | Self::Boolean(_) => false,
        }
    }

    /// `number(x)`
    pub(super) fn number(&self) -> f64 {
        match self {
            #[expect(clippy::cast_precision_loss, reason = "an answer has at most 15 digits")]
            Self::Answer(AnswerValue::Integer(number)) => *number as f64,
            Self::Answer(AnswerValue::Decimal(number)) => number.to_f64(),
            Self::Answer(_) | Self::Text(_) => number_of(&self.as_text()),
            Self::Number(number) => *number,
            Self::Boolean(boolean) => f64::from(u8::from(*boolean)),
        }
    }

    /// `string(x)`
    pub(super) fn text(self) -> Cow<'a, str> {
        match self {
            Self::Answer(answer) => text_of_answer(answer),
            Self::Text(text) => text,
            Self::Number(number) => text_of(number),
            Self::Boolean(true) => Cow::Borrowed("true"),
            Self::Boolean(false) => Cow::Borrowed("false"),
        }
    }

    /// `x = y`, and `x != y` when false: as booleans when one is a boolean, else as numbers when one is a number,
    /// else as text. NaN equals nothing, not even itself.
    #[expect(clippy::float_cmp, reason = "XPath compares the doubles themselves")]
    pub(super) fn equals(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Boolean(_), _) | (_, Self::Boolean(_)) => self.boolean() == other.boolean(),
            (Self::Number(_), _) | (_, Self::Number(_)) => self.number() == other.number(),
            (Self::Answer(_) | Self::Text(_), Self::Answer(_) | Self::Text(_)) => self.as_text() == other.as_text(),
        }
    }

    fn as_text(&self) -> Cow<'_, str> {
        match self {
            Self::Answer(answer) => text_of_answer(answer),
            Self::Text(text) => Cow::Borrowed(text),
            Self::Number(_) | Self::Boolean(_) => self.clone().text(),
        }
    }
}

fn text_of_answer(answer: &AnswerValue) -> Cow<'_, str> {
    match answer {
        AnswerValue::Text(text) | AnswerValue::Date(text) | AnswerValue::Choice(text) => Cow::Borrowed(text),
        AnswerValue::Choices(names) => Cow::Owned(names.join(" ")),
        AnswerValue::Integer(number) => Cow::Owned(number.to_string()),
        AnswerValue::Decimal(number) => Cow::Owned(number.to_string()),
        AnswerValue::State(_) => Cow::Borrowed(""),
    }
}

/// XPath's number syntax: an optional minus, digits with at most one point; anything else is NaN.
///
/// Written out because the standard library's parser accepts more (`1e3`, `inf`, `+1`) and its tables would
/// travel to every browser. Exact up to 15 digits, which is all that an answer may have.
fn number_of(text: &str) -> f64 {
    let text = text.trim_matches([' ', '\t', '\r', '\n']);
    let (sign, digits) = text.strip_prefix('-').map_or((1.0, text), |digits| (-1.0, digits));
    let (mut magnitude, mut scale) = (0.0, 1.0);
    let (mut after_point, mut any_digit) = (false, false);
    for byte in digits.bytes() {
        match byte {
            // Further decimals are below a double's precision.
            b'0'..=b'9' if scale > 1e17 => {}
            b'0'..=b'9' => {
                any_digit = true;
                magnitude = magnitude * 10.0 + f64::from(byte - b'0');
                if after_point {
                    scale *= 10.0;
                }
            }
            b'.' if !after_point => after_point = true,
            _ => return f64::NAN,
        }
    }
    if any_digit { sign * magnitude / scale } else { f64::NAN }
}

fn text_of(number: f64) -> Cow<'static, str> {
    if number == 0.0 {
        // Negative zero too.
        Cow::Borrowed("0")
    } else if number.is_infinite() {
        Cow::Borrowed(if number > 0.0 { "Infinity" } else { "-Infinity" })
    } else {
        Cow::Owned(number.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaire::ChoiceState;

    fn text(text: &str) -> Value<'_> {
        Value::Text(Cow::Borrowed(text))
    }

    #[test]
    fn text_becomes_a_number_only_in_xpaths_syntax() {
        for (given, number) in [
            ("12", 12.0),
            (" -3.25\n", -3.25),
            (".5", 0.5),
            ("5.", 5.0),
            ("007", 7.0),
            ("-0", 0.0),
            ("123456789.123456", 123_456_789.123_456),
            ("0.1", 0.1),
            ("999999999999999", 999_999_999_999_999.0),
        ] {
            assert!(text(given).equals(&Value::Number(number)), "{given:?}");
        }
        for given in ["", " ", "-", ".", "+1", "1e3", "inf", "NaN", "0x1", "1 2", "--1", "1.2.3", "１２", "12人"] {
            assert!(text(given).number().is_nan(), "{given:?}");
        }
        let endless = format!("1.{}", "3".repeat(5000));
        assert!((text(&endless).number() - 4.0 / 3.0).abs() < 1e-15);
    }

    #[test]
    fn a_number_becomes_text_without_exponent() {
        for (number, given) in [
            (12.0, "12"),
            (-0.5, "-0.5"),
            (-0.0, "0"),
            (1e21, "1000000000000000000000"),
            (1.0 / 3.0, "0.3333333333333333"),
            (1e-7, "0.0000001"),
            (f64::NAN, "NaN"),
            (f64::INFINITY, "Infinity"),
            (f64::NEG_INFINITY, "-Infinity"),
        ] {
            assert_eq!(Value::Number(number).text(), given);
        }
        assert_eq!(Value::Boolean(true).text(), "true");
    }

    #[test]
    fn only_empty_text_zero_and_nan_are_false() {
        assert!(!text("").boolean() && !Value::Number(0.0).boolean() && !Value::Number(f64::NAN).boolean());
        assert!(text("0").boolean() && text("false").boolean() && Value::Number(-0.1).boolean());
    }

    #[test]
    fn the_stronger_type_decides_how_to_compare() {
        assert!(!text("1").equals(&text("1.0")), "text with text");
        assert!(text("1.0").equals(&Value::Number(1.0)), "a number decides over text");
        assert!(text("x").equals(&Value::Boolean(true)), "a boolean decides over all");
        assert!(Value::Number(2.0).equals(&Value::Boolean(true)));
        assert!(!text("").equals(&Value::Number(0.0)), "NaN equals nothing");
        assert!(!Value::Number(f64::NAN).equals(&Value::Number(f64::NAN)));
    }

    #[test]
    fn answers_are_text() {
        let names = AnswerValue::Choices(vec!["a".to_owned(), "b".to_owned()]);
        assert_eq!(Value::of_answer(Some(&names)).text(), "a b");
        assert_eq!(Value::of_answer(Some(&AnswerValue::Integer(-4))).text(), "-4");
        assert_eq!(Value::of_answer(Some(&AnswerValue::Decimal("1.50".parse().unwrap()))).text(), "1.5");
        assert_eq!(Value::of_answer(None), Value::EMPTY);
        assert_eq!(Value::of_answer(Some(&AnswerValue::State(ChoiceState::Unknown))), Value::EMPTY);
    }

    #[test]
    fn an_answer_is_what_its_text_is() {
        let answers = [
            AnswerValue::Integer(-4),
            AnswerValue::Integer(0),
            AnswerValue::Decimal("1.5".parse().unwrap()),
            AnswerValue::Choice("1".to_owned()),
            AnswerValue::Choices(vec!["1".to_owned(), "2".to_owned()]),
            AnswerValue::Text("青森".to_owned()),
            AnswerValue::Text(String::new()),
        ];
        for answer in &answers {
            let kept = Value::of_answer(Some(answer));
            let written = Value::Text(Cow::Owned(kept.clone().text().into_owned()));
            assert_eq!(kept.boolean(), written.boolean(), "{answer:?}");
            assert_eq!(kept.number().to_bits(), written.number().to_bits(), "{answer:?}");
            assert!(kept.equals(&written) && written.equals(&kept), "{answer:?}");
        }
    }
}
