//! Numbers in lists of lists, read without knowing how deep: a geometry may say what it is behind its positions. What is
//! read so takes little more room than its numbers.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error, IgnoredAny, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Number;

/// What a list that begins with a number is kept as.
pub(super) trait Leaf: Sized {
    /// Reads the rest of that list.
    fn read<'d, A: SeqAccess<'d>>(first: &Number, rest: A) -> Result<Self, A::Error>;
}

/// Longitude and latitude; a height behind them is passed over, and what is missing is not a number.
pub(super) type Place = [f64; 2];

impl Leaf for Place {
    fn read<'d, A: SeqAccess<'d>>(first: &Number, mut rest: A) -> Result<Self, A::Error> {
        let second = rest.next_element::<f64>()?;
        while rest.next_element::<IgnoredAny>()?.is_some() {}
        Ok([first.as_f64().unwrap_or(f64::NAN), second.unwrap_or(f64::NAN)])
    }
}

/// Numbers of arcs.
pub(super) type Numbers = Vec<i64>;

impl Leaf for Numbers {
    fn read<'d, A: SeqAccess<'d>>(first: &Number, mut rest: A) -> Result<Self, A::Error> {
        let first = first.as_i64().ok_or_else(|| A::Error::custom("an arc has a whole number"))?;
        let mut numbers = vec![first];
        while let Some(number) = rest.next_element()? {
            numbers.push(number);
        }
        Ok(numbers)
    }
}

/// What is said of lists that are nested otherwise than the type wants.
pub(super) const UNEVEN: &str = "リストの入れ子の深さがtypeと合っていません。";

/// Lists down to those that begin with a number.
pub(super) enum Nested<L> {
    /// A number beside lists.
    Number(Number),
    /// A list that begins with a number.
    Leaf(L),
    /// Any other list.
    List(Vec<Self>),
}

impl<L> Nested<L> {
    /// What is in the list, if its parts are lists again.
    pub(super) fn into_list(self) -> Result<Vec<Self>, String> {
        match self {
            Self::List(list) => Ok(list),
            Self::Number(_) | Self::Leaf(_) => Err(UNEVEN.to_owned()),
        }
    }
}

impl<'d, L: Leaf> Deserialize<'d> for Nested<L> {
    fn deserialize<D: Deserializer<'d>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reading(PhantomData))
    }
}

struct Reading<L>(PhantomData<L>);

impl<'d, L: Leaf> Visitor<'d> for Reading<L> {
    type Value = Nested<L>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("numbers in lists")
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Nested::Number(number.into()))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Nested::Number(number.into()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Self::Value, E> {
        Number::from_f64(number).map(Nested::Number).ok_or_else(|| E::custom("no number"))
    }

    fn visit_seq<A: SeqAccess<'d>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut list = match seq.next_element::<Nested<L>>()? {
            None => return Ok(Nested::List(Vec::new())),
            Some(Nested::Number(first)) => return L::read(&first, seq).map(Nested::Leaf),
            Some(nested) => vec![nested],
        };
        while let Some(nested) = seq.next_element()? {
            list.push(nested);
        }
        Ok(Nested::List(list))
    }
}
