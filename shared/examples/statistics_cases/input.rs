//! Typed access to a case's inputs and options.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use shared::indicator::Outcome;
use shared::statistics::ranking::Order;
use shared::statistics::{Alternative, Method};

use crate::case::Case;

impl Case {
    /// An input of the type asked for.
    pub fn input<T: DeserializeOwned>(&self, name: &str) -> Result<T, String> {
        read(&self.inputs, name)
    }

    /// An option of the type asked for.
    pub fn option<T: DeserializeOwned>(&self, name: &str) -> Result<T, String> {
        read(&self.options, name)
    }

    /// An option that a case may leave out.
    pub fn flag(&self, name: &str) -> Result<bool, String> {
        Ok(self.optional(name)?.unwrap_or(false))
    }

    /// An option, where the case gives it.
    pub fn optional<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, String> {
        if self.options.contains_key(name) { self.option(name).map(Some) } else { Ok(None) }
    }

    /// Refuses an option that has another value than the one there is.
    pub fn only(&self, name: &str, value: &str) -> Result<(), String> {
        match self.option::<String>(name)? {
            given if given == value => Ok(()),
            given => Err(unknown(name, &given)),
        }
    }

    /// The side of a test; both where the case does not say.
    pub fn alternative(&self) -> Result<Alternative, String> {
        match self.optional::<String>("alternative")?.as_deref().unwrap_or("two-sided") {
            "two-sided" => Ok(Alternative::TwoSided),
            "less" => Ok(Alternative::Less),
            "greater" => Ok(Alternative::Greater),
            given => Err(unknown("alternative", given)),
        }
    }

    /// The way to a p-value; `auto` chooses it where the case says so or says nothing.
    pub fn p_value_method(&self, auto: impl FnOnce() -> Result<Method, String>) -> Result<Method, String> {
        match self.optional::<String>("method")?.as_deref().unwrap_or("auto") {
            "auto" => auto(),
            "exact" => Ok(Method::Exact),
            "asymptotic" => Ok(Method::Asymptotic { continuity: self.flag("continuity")? }),
            given => Err(unknown("method", given)),
        }
    }

    /// Which value has rank 1.
    pub fn order(&self) -> Result<Order, String> {
        match self.option::<String>("order")?.as_str() {
            "ascending" => Ok(Order::Ascending),
            "descending" => Ok(Order::Descending),
            given => Err(unknown("order", given)),
        }
    }
}

/// Population, respondents and confirmed of one year.
pub fn outcome(year: &Map<String, Value>) -> Result<Outcome, String> {
    let (register, respondents, engaged): (u32, u32, u32) =
        (read(year, "population")?, read(year, "respondents")?, read(year, "x")?);
    let not_engaged = respondents.checked_sub(engaged).ok_or("x exceeds the respondents")?;
    Ok(Outcome { engaged, not_engaged, register, respondents })
}

/// What is said of a value that no method knows.
pub fn unknown(name: &str, value: &str) -> String {
    format!("{name} “{value}” is not known")
}

fn read<T: DeserializeOwned>(from: &Map<String, Value>, name: &str) -> Result<T, String> {
    let value = from.get(name).ok_or_else(|| format!("{name} is missing"))?;
    T::deserialize(value).map_err(|e| format!("{name}: {e}"))
}
