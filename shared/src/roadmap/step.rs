//! What is to be done until when.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::kpi::Period;

/// Marks a step that is done.
const DONE: &str = "済";

/// One step of an item. Written as a line: 「2026H1 済 説明会を開く」, time and mark only where there are any.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Step {
    /// Until when, where that is planned.
    pub due: Option<Period>,
    /// Whether it is done.
    pub done: bool,
    /// What is to be done.
    pub words: String,
}

/// The line says no step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("することを書いてください。時期（2026H1 など）と「済」の後には、内容が必要です。")]
pub struct NoWords;

impl FromStr for Step {
    type Err = NoWords;

    fn from_str(line: &str) -> Result<Self, NoWords> {
        let mut rest = line.trim();
        let due = first_word(rest).and_then(|word| Some((Period::of_code(word)?, word)));
        if let Some((_, word)) = due {
            rest = rest[word.len()..].trim_start();
        }
        let done = first_word(rest) == Some(DONE);
        if done {
            rest = rest[DONE.len()..].trim_start();
        }
        if rest.is_empty() {
            return Err(NoWords);
        }
        Ok(Self { due: due.map(|(period, _)| period), done, words: rest.to_owned() })
    }
}

fn first_word(text: &str) -> Option<&str> {
    text.split_whitespace().next()
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(due) = self.due {
            write!(f, "{} ", due.code())?;
        }
        if self.done {
            write!(f, "{DONE} ")?;
        }
        f.write_str(&self.words)
    }
}

impl TryFrom<String> for Step {
    type Error = NoWords;

    fn try_from(line: String) -> Result<Self, NoWords> {
        line.parse()
    }
}

impl From<Step> for String {
    fn from(step: Step) -> Self {
        step.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_read_as_it_is_written() {
        for (line, due, done, words) in [
            ("2026H1 済 説明会を開く", Some("2026H1"), true, "説明会を開く"),
            ("2027 要件を整理する", Some("2027"), false, "要件を整理する"),
            ("済 調査", None, true, "調査"),
            ("済んだ事業の評価 2回", None, false, "済んだ事業の評価 2回"),
        ] {
            let step: Step = line.parse().unwrap();
            assert_eq!((step.due.map(Period::code).as_deref(), step.done, step.words.as_str()), (due, done, words));
            assert_eq!(step.to_string(), line);
        }
        assert_eq!("　2026H1　済　説明会 ".parse::<Step>().unwrap().to_string(), "2026H1 済 説明会");
        for line in ["", "2026H1", "済", "2026 済 "] {
            assert_eq!(line.parse::<Step>(), Err(NoWords), "{line:?}");
        }
    }
}
