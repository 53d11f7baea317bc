//! What may be a municipality's code in a feature: nothing else of it is kept.

use std::fmt;

use serde::de::{Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::CODE_PROPERTIES;

/// A text or a number, as it is written.
pub(super) struct Written(pub(super) String);

/// The first of [`CODE_PROPERTIES`] among a feature's properties.
pub(super) struct Codes(pub(super) Option<Written>);

impl<'d> Deserialize<'d> for Written {
    fn deserialize<D: Deserializer<'d>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OfWritten)
    }
}

impl<'d> Deserialize<'d> for Codes {
    fn deserialize<D: Deserializer<'d>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(OfCodes)
    }
}

struct OfWritten;

impl<'d> Visitor<'d> for OfWritten {
    type Value = Written;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a code")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Written, E> {
        Ok(Written(text.trim().to_owned()))
    }

    /// A number has lost the zero that it began with.
    fn visit_u64<E: Error>(self, number: u64) -> Result<Written, E> {
        Ok(Written(format!("{number:0>5}")))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Written, E> {
        Ok(Written(number.to_string()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Written, E> {
        Ok(Written(format!("{number:?}")))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Written, E> {
        Ok(Written(value.to_string()))
    }

    fn visit_seq<A: SeqAccess<'d>>(self, mut seq: A) -> Result<Written, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Written("[…]".to_owned()))
    }

    fn visit_map<A: MapAccess<'d>>(self, mut map: A) -> Result<Written, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Written("{…}".to_owned()))
    }
}

struct OfCodes;

impl<'d> Visitor<'d> for OfCodes {
    type Value = Codes;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("properties")
    }

    fn visit_map<A: MapAccess<'d>>(self, mut map: A) -> Result<Codes, A::Error> {
        let mut first: Option<(usize, Written)> = None;
        while let Some(name) = map.next_key::<String>()? {
            let Some(place) = CODE_PROPERTIES.iter().position(|known| *known == name) else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            let value = map.next_value::<Option<Written>>()?;
            if first.as_ref().is_none_or(|(before, _)| place <= *before) {
                first = value.map(|value| (place, value)).or(first);
            }
        }
        Ok(Codes(first.map(|(_, value)| value)))
    }
}
