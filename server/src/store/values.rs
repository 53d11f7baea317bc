//! Between stored values and the domain's. What cannot be read back is an error that names its place.

use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::fiscal_year::FiscalYear;
use shared::municipality::MunicipalityCode;

use super::{Result, StoreError};

fn corrupt(place: &'static str, reason: impl std::fmt::Display) -> StoreError {
    StoreError::Corrupt { place, reason: reason.to_string() }
}

/// A whole number of a narrower type.
pub(super) fn number<T: TryFrom<i64>>(place: &'static str, stored: i64) -> Result<T> {
    T::try_from(stored).map_err(|_| corrupt(place, stored))
}

/// The same where it may be unknown.
pub(super) fn optional<T: TryFrom<i64>>(place: &'static str, stored: Option<i64>) -> Result<Option<T>> {
    stored.map(|stored| number(place, stored)).transpose()
}

/// One of a fixed set of words.
pub(super) fn word<T>(place: &'static str, stored: &str, meaning: impl Fn(&str) -> Option<T>) -> Result<T> {
    meaning(stored).ok_or_else(|| corrupt(place, stored))
}

/// A municipality's code.
pub(super) fn code(place: &'static str, stored: &str) -> Result<MunicipalityCode> {
    stored.parse().map_err(|_| corrupt(place, stored))
}

/// A fiscal year.
pub(super) fn year_of(place: &'static str, stored: i64) -> Result<FiscalYear> {
    FiscalYear::new(number(place, stored)?).map_err(|_| corrupt(place, stored))
}

/// A SHA-256.
pub(super) fn digest(place: &'static str, stored: &[u8]) -> Result<[u8; 32]> {
    stored.try_into().map_err(|_| corrupt(place, "32 bytes"))
}

/// What was stored as JSON.
pub(super) fn json<T: DeserializeOwned>(place: &'static str, stored: &str) -> Result<T> {
    serde_json::from_str(stored).map_err(|error| corrupt(place, error))
}

/// The JSON to store.
pub(super) fn to_json<T: Serialize>(place: &'static str, value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|error| corrupt(place, error))
}
