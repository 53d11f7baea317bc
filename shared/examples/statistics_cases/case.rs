//! The format of a file of reference cases.

use serde::Deserialize;
use serde_json::{Map, Value};

/// A file.
pub struct File {
    /// All cases; in words what is wrong with one that cannot be read, which spoils no other.
    pub cases: Vec<Result<Case, String>>,
}

impl File {
    /// Reads a file's text.
    pub fn parse(text: &str) -> Result<Self, String> {
        #[derive(Deserialize)]
        struct Read {
            cases: Vec<Value>,
        }
        let read: Read = serde_json::from_str(text).map_err(|e| e.to_string())?;
        let case = |(place, value): (usize, Value)| {
            let id = value.get("id").map_or_else(|| format!("case {}", place + 1), ToString::to_string);
            serde_json::from_value(value).map_err(|e| format!("{id}: {e}"))
        };
        Ok(Self { cases: read.cases.into_iter().enumerate().map(case).collect() })
    }
}

/// One computation with its result.
#[derive(Deserialize)]
pub struct Case {
    /// Unique in the file.
    pub id: String,
    /// Which function.
    pub method: String,
    /// Its data.
    pub inputs: Map<String, Value>,
    /// Its choices.
    #[serde(default)]
    pub options: Map<String, Value>,
    /// Results by name; null is undefined.
    pub expected: Map<String, Value>,
    /// How far a number may be off.
    #[serde(default)]
    pub tolerance: Tolerance,
}

/// `|got − expected| ≤ max(abs, rel·|expected|)`; what a case does not give is as usual.
#[derive(Deserialize, Clone, Copy, Debug, PartialEq)]
#[serde(default)]
pub struct Tolerance {
    /// Relative to the expected value.
    pub rel: f64,
    /// Absolute.
    pub abs: f64,
}

impl Default for Tolerance {
    fn default() -> Self {
        Self { rel: 1e-9, abs: 1e-12 }
    }
}
