//! The format of a file of reference cases.

use serde::Deserialize;
use serde_json::{Map, Value};

/// A file.
#[derive(Deserialize)]
pub struct File {
    /// All cases.
    pub cases: Vec<Case>,
}

impl File {
    /// Reads a file's text.
    pub fn parse(text: &str) -> Result<Self, String> {
        serde_json::from_str(text).map_err(|e| e.to_string())
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

/// `|got − expected| ≤ max(abs, rel·|expected|)`
#[derive(Deserialize, Clone, Copy)]
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
