//! What a municipality answers otherwise than in an earlier year.

use std::cmp::Ordering;

use super::outline::Outline;
use crate::fiscal_year::FiscalYear;
use crate::maturity::stage;
use crate::publication::{PublishedMunicipality, PublishedQuestion, Snapshot};
use crate::questionnaire::Choice;
use crate::response::Cell;

/// Against the own answers of an earlier year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes {
    /// The year compared with.
    pub since: FiscalYear,
    /// Practices at a higher stage, in the questionnaire's order.
    pub advanced: Vec<Change>,
    /// Practices at a lower stage, in the questionnaire's order.
    pub receded: Vec<Change>,
    /// Practices at the same stage.
    pub unchanged: usize,
    /// Practices without a stage in one of the years, or asked otherwise.
    pub not_compared: usize,
}

/// One practice at another stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Number of the question as printed.
    pub number: String,
    /// Its text.
    pub label: String,
    /// The stage of the earlier year, in words.
    pub from: String,
    /// The stage now, in words.
    pub to: String,
}

/// A practice's stage in words of the question that asked for it.
pub type StageInWords<'q> = (u8, &'q [Choice]);

impl Changes {
    /// Nothing compared yet.
    pub fn since(since: FiscalYear) -> Self {
        Self { since, advanced: Vec::new(), receded: Vec::new(), unchanged: 0, not_compared: 0 }
    }

    /// Adds a practice; `None` where it has no stage, or where the question was asked otherwise.
    pub fn add(&mut self, number: &str, label: &str, from: Option<StageInWords>, to: Option<StageInWords>) {
        let (Some((from, asked)), Some((to, asks))) = (from, to) else {
            self.not_compared += 1;
            return;
        };
        let change = || Change {
            number: number.to_owned(),
            label: label.to_owned(),
            from: words(asked, from),
            to: words(asks, to),
        };
        match to.cmp(&from) {
            Ordering::Greater => self.advanced.push(change()),
            Ordering::Less => self.receded.push(change()),
            Ordering::Equal => self.unchanged += 1,
        }
    }

    /// Between two rounds: the practices of `outline` in `now`, whose places in `then` are `joined`. `None` where the
    /// municipality handed in nothing in either.
    pub fn between(
        (now, then): (&Snapshot, &Snapshot),
        (own_now, own_then): (&PublishedMunicipality, &PublishedMunicipality),
        outline: &Outline,
        joined: &[Option<usize>],
    ) -> Option<Self> {
        if !own_now.state.is_handed_in() || !own_then.state.is_handed_in() {
            return None;
        }
        let mut changes = Self::since(then.year);
        for place in outline.practices() {
            let (Some(question), Some(cell)) = (now.questions.get(place), own_now.cells.get(place)) else { continue };
            if matches!(cell, Cell::Skipped) {
                continue;
            }
            let before = joined
                .get(place)
                .copied()
                .flatten()
                .and_then(|place| at(then.questions.get(place)?, own_then.cells.get(place)?));
            changes.add(&question.number, &question.label, before, at(question, cell));
        }
        Some(changes)
    }
}

fn at<'q>(question: &'q PublishedQuestion, cell: &Cell) -> Option<StageInWords<'q>> {
    stage(cell).map(|stage| (stage, question.choices.as_slice()))
}

/// The words of a stage in that question.
fn words(choices: &[Choice], stage: u8) -> String {
    let name = stage.to_string();
    choices.iter().find(|choice| choice.name == name).map_or(name, |choice| choice.label.clone())
}

#[cfg(test)]
mod tests {
    use super::super::outline::joined;
    use super::super::samples::{level, round};
    use super::*;

    #[test]
    fn what_rose_and_what_fell_is_named_and_what_has_no_stage_is_counted() {
        let questions: Vec<_> = ["a", "b", "c", "d", "e"].map(level).to_vec();
        let (then, now) = (round(2025, &questions, &["1310-"]), round(2026, &questions[..4], &["21x0"]));
        let outline = Outline::of(&now, &[]);
        let own = (&now.municipalities[0], &then.municipalities[0]);
        let changes = Changes::between((&now, &then), own, &outline, &joined(&now, &then)).unwrap();
        let named = |changes: &[Change]| changes.iter().map(|c| (c.number.clone(), c.to.clone())).collect::<Vec<_>>();
        assert_eq!(named(&changes.advanced), [("a".to_owned(), "選択肢2".to_owned())]);
        assert_eq!(named(&changes.receded), [("b".to_owned(), "選択肢1".to_owned())]);
        assert_eq!((changes.unchanged, changes.not_compared), (1, 1));
        let missing = round(2025, &questions, &[""]);
        let own = (&now.municipalities[0], &missing.municipalities[0]);
        assert_eq!(Changes::between((&now, &missing), own, &outline, &joined(&now, &missing)), None);
    }
}
