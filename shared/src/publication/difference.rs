//! 訂正: what a revision of a publication says differently from the one before.

use std::collections::HashMap;

use super::{PublishedMunicipality, PublishedQuestion, ShownOutcome, Snapshot};
use crate::municipality::MunicipalityCode;
use crate::response::Cell;
use crate::visibility::Visibility;

/// What differs between two revisions, as far as a reader may see it in both.
#[derive(Debug, Clone, PartialEq)]
pub struct Differences<'s> {
    /// Results of the definitions that both have.
    pub outcomes: Vec<OutcomeDifference<'s>>,
    /// Answers, by municipality and question.
    pub cells: Vec<CellDifference<'s>>,
    /// How many more answers differ whose values the reader may not see.
    pub hidden: usize,
}

/// A definition's result before and after.
#[derive(Debug, Clone, PartialEq)]
pub struct OutcomeDifference<'s> {
    /// Its title.
    pub title: &'s str,
    /// Before.
    pub before: ShownOutcome,
    /// After.
    pub after: ShownOutcome,
}

/// An answer before and after.
#[derive(Debug, Clone, PartialEq)]
pub struct CellDifference<'s> {
    /// Whose.
    pub municipality: &'s PublishedMunicipality,
    /// The question as it stands after.
    pub question: &'s PublishedQuestion,
    /// Before; 当年度設問なし where the municipality or the question was not there.
    pub before: Cell,
    /// After.
    pub after: &'s Cell,
}

impl Snapshot {
    /// What this revision says differently from `before`, a revision of the same year.
    pub fn differences_from<'s>(&'s self, before: &Snapshot, reader: Visibility) -> Differences<'s> {
        let mut differences = Differences { outcomes: Vec::new(), cells: Vec::new(), hidden: 0 };
        for indicator in &self.indicators {
            let Some(earlier) = before.indicator(&indicator.definition.id) else { continue };
            let shown = self.shown(&indicator.definition, indicator.outcome, reader);
            let shown_before = before.shown(&earlier.definition, earlier.outcome, reader);
            if shown != shown_before {
                let title = indicator.definition.title.as_str();
                differences.outcomes.push(OutcomeDifference { title, before: shown_before, after: shown });
            }
        }
        let places: HashMap<&str, usize> =
            before.questions.iter().enumerate().map(|(place, question)| (question.name.as_str(), place)).collect();
        let earlier: HashMap<MunicipalityCode, &PublishedMunicipality> =
            before.municipalities.iter().map(|m| (m.municipality.code, m)).collect();
        // Each question with its place before, and whether the reader may see its values in both.
        let asked: Vec<(&PublishedQuestion, Option<usize>, bool)> = self
            .questions
            .iter()
            .map(|question| {
                let place = places.get(question.name.as_str()).copied();
                let then = place.is_none_or(|place| before.questions[place].visibility.named.allows(reader));
                (question, place, then && question.visibility.named.allows(reader))
            })
            .collect();
        for municipality in &self.municipalities {
            let then = earlier.get(&municipality.municipality.code);
            for (&(question, place, visible), after) in asked.iter().zip(&municipality.cells) {
                let cell = place.and_then(|place| then?.cells.get(place)).unwrap_or(&Cell::NotAsked);
                if cell == after {
                    continue;
                }
                if visible {
                    differences.cells.push(CellDifference { municipality, question, before: cell.clone(), after });
                } else {
                    differences.hidden += 1;
                }
            }
        }
        differences
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tabulation::samples;
    use crate::visibility::QuestionVisibility;

    #[test]
    fn a_correction_names_whose_answer_changed_to_those_who_may_see_it() {
        let question = samples::question("q", &["a", "b"]);
        let before = samples::with_answers(2026, &question, &[Some("a"), Some("b"), None]);
        let mut after = samples::with_answers(2026, &question, &[Some("a"), Some("a"), None]);
        after.questions[0].visibility =
            QuestionVisibility { aggregate: Visibility::Public, named: Visibility::Council };
        let seen = after.differences_from(&before, Visibility::Council);
        let [one] = seen.cells.as_slice() else { panic!("{seen:?}") };
        assert_eq!(one.municipality.municipality.code, after.municipalities[1].municipality.code);
        assert_eq!((&one.before, one.after), (&before.municipalities[1].cells[0], &after.municipalities[1].cells[0]));
        let public = after.differences_from(&before, Visibility::Public);
        assert_eq!((public.cells.len(), public.hidden), (0, 1));
        let same = after.differences_from(&after, Visibility::Prefecture);
        assert_eq!((same.cells.len(), same.hidden, same.outcomes.len()), (0, 0, 0));
    }
}
