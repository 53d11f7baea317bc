//! 訂正: what a revision takes over from the one before it, see [`crate::tabulation::suppression::withheld`].

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{PublishedIndicator, PublishedQuestion, ShownOutcome, Snapshot};
use crate::indicator::Field;
use crate::municipality::Municipality;
use crate::response::Cell;
use crate::tabulation::release::Disclosure;
use crate::tabulation::suppression::withheld::Withheld;
use crate::tabulation::{Attribute, BuildError, Cube};
use crate::visibility::Visibility;

/// What an earlier revision suppressed of a definition's counts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WithheldFigures {
    /// Those of the whole register.
    pub whole: bool,
    /// Those of fields, of the official definition.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub fields: BTreeSet<Field>,
    /// Those of groups of municipalities, by their headings.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub groups: BTreeMap<Attribute, BTreeSet<String>>,
}

impl Snapshot {
    /// The snapshot as the revision that follows `earlier`: what was suppressed there of the questions whose answers are
    /// other ones now, and of the definitions that read them, stays suppressed.
    ///
    /// # Errors
    ///
    /// `earlier` contradicts itself.
    pub fn correcting(mut self, earlier: &Self) -> Result<Self, BuildError> {
        let cube = Cube::from_snapshots(&[earlier])?;
        let differs =
            |question: &&PublishedQuestion| self.answers_to(&question.name) != earlier.answers_to(&question.name);
        let corrected: BTreeSet<&str> =
            self.questions.iter().filter(differs).map(|question| question.concept.as_str()).collect();
        let of_question = |question: &PublishedQuestion| {
            let before = earlier.questions.iter().find(|before| before.name == question.name)?;
            if !corrected.contains(question.concept.as_str()) {
                return before.withheld.clone();
            }
            Some(Withheld::of(cube.years().first()?, cube.variable(&before.concept)?))
        };
        let of_definition = |indicator: &PublishedIndicator| {
            let before = earlier.indicator(&indicator.definition.id)?;
            if !indicator.definition.rule.questions().any(|concept| corrected.contains(concept)) {
                return before.withheld.clone();
            }
            Some(earlier.withheld_of(before))
        };
        let of_questions: Vec<_> = self.questions.iter().map(of_question).collect();
        let of_definitions: Vec<_> = self.indicators.iter().map(of_definition).collect();
        for (question, withheld) in self.questions.iter_mut().zip(of_questions) {
            question.withheld = withheld;
        }
        for (indicator, withheld) in self.indicators.iter_mut().zip(of_definitions) {
            indicator.withheld = withheld;
        }
        Ok(self)
    }

    /// Every municipality's cell of the question, with what it is grouped by.
    fn answers_to(&self, name: &str) -> Option<Vec<(&Municipality, Option<&Cell>)>> {
        let place = self.questions.iter().position(|question| question.name == name)?;
        Some(self.municipalities.iter().map(|m| (&m.municipality, m.cells.get(place))).collect())
    }

    /// What is suppressed of a definition for those who may see counts of it and no names.
    fn withheld_of(&self, indicator: &PublishedIndicator) -> WithheldFigures {
        let definition = &indicator.definition;
        let of_counts = |reader: &Visibility| self.disclosed(definition, *reader) == Disclosure::Aggregates;
        let Some(reader) = Visibility::ALL.into_iter().find(of_counts) else { return WithheldFigures::default() };
        let suppressed = |field: &Field| {
            let counted = (*field, self.field_outcome(*field));
            self.shown_field(definition, counted, reader) == ShownOutcome::Suppressed
        };
        let hidden = |attribute: Attribute| {
            let groups = self.by_attribute(definition, attribute, reader).into_iter();
            let hidden: BTreeSet<String> =
                groups.filter(|group| group.outcome.is_none()).map(|group| group.label).collect();
            (!hidden.is_empty()).then_some((attribute, hidden))
        };
        WithheldFigures {
            whole: self.shown(definition, indicator.outcome, reader) == ShownOutcome::Suppressed,
            fields: Field::ALL.into_iter().filter(|_| definition.official).filter(suppressed).collect(),
            groups: Attribute::ALL.into_iter().filter_map(hidden).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::municipality::Region;
    use crate::response::AnswerValue;
    use crate::tabulation::{Filter, Frequency, Reader, Refusal, SmallCells, samples};

    const PUBLIC: Reader = Reader { cleared: Visibility::Public };

    /// Two questions whose named values the council may see, in regions of five by turns.
    fn answered(q: &str, r: &str) -> Snapshot {
        let questions = [samples::question("q", &["a", "b"]), samples::question("r", &["a", "b"])];
        let cell = |answer: char| Cell::Value(AnswerValue::Choice(answer.to_string()));
        let place = |(number, (q, r)): (usize, (char, char))| {
            let region = if number < 5 { Region::Tosei } else { Region::Chunan };
            let place = samples::municipality(number, Some(region), Some(1000));
            samples::published(place, vec![cell(q), cell(r)])
        };
        Snapshot {
            small_cells: SmallCells { whole: 0, groups: 0 },
            municipalities: q.chars().zip(r.chars()).enumerate().map(place).collect(),
            ..samples::snapshot(2026, &questions)
        }
    }

    /// The total of a question, then its regions.
    fn rows(snapshot: &Snapshot, question: &str) -> Vec<Frequency> {
        let cube = Cube::from_snapshots(&[snapshot]).unwrap();
        let (slab, variable, everybody) = (&cube.years()[0], cube.variable(question).unwrap(), Filter::default());
        let total = PUBLIC.frequency(slab, variable, &everybody).unwrap();
        let regions = PUBLIC.crosstab(slab, variable, Attribute::Region, &everybody).unwrap();
        std::iter::once(total).chain(regions.groups.into_iter().map(|group| group.frequency)).collect()
    }

    fn suppressed(snapshot: &Snapshot, question: &str) -> Vec<bool> {
        rows(snapshot, question).iter().map(Frequency::has_suppressed).collect()
    }

    #[test]
    fn what_protected_a_value_in_the_first_revision_is_not_shown_in_the_next() {
        // All of the first region say a, so the second is suppressed too: it would tell by subtraction.
        let first = answered("aaaaaaabbb", "abbabaabab");
        assert_eq!(suppressed(&first, "q"), [false, true, true]);
        let second = answered("aaaabaabbb", "abbabaabab");
        assert_eq!(suppressed(&second, "q"), [false, false, false]);
        let second = second.correcting(&first).unwrap();
        assert_eq!(suppressed(&second, "q"), [false, true, true]);
        // Nor is it in any later one, whatever is corrected there.
        let third = answered("aaaabaabbb", "abbabaabaa").correcting(&second).unwrap();
        assert_eq!(suppressed(&third, "q"), [false, true, true]);
        let fourth = answered("aaaabaabba", "abbabaabaa").correcting(&third).unwrap();
        assert_eq!(suppressed(&fourth, "q")[1..], [true, true]);
        // Who may see names sees everything.
        let cube = Cube::from_snapshots(&[&fourth]).unwrap();
        let (slab, variable) = (&cube.years()[0], cube.variable("q").unwrap());
        let member = Reader { cleared: Visibility::Council };
        let table = member.crosstab(slab, variable, Attribute::Region, &Filter::default()).unwrap();
        assert!(table.groups.iter().all(|group| !group.frequency.has_suppressed()));
    }

    #[test]
    fn a_question_that_nobody_corrected_is_as_it_was() {
        let first = answered("aaaaaaabbb", "abbabaabab");
        let second = answered("aaaabaabbb", "abbabaabab").correcting(&first).unwrap();
        let withheld: Vec<bool> = second.questions.iter().map(|question| question.withheld.is_some()).collect();
        assert_eq!(withheld, [true, false]);
        assert_eq!(rows(&second, "r"), rows(&first, "r"));
        // Tables of two questions are not among those that are taken over.
        let crossed = |snapshot: &Snapshot| {
            let cube = Cube::from_snapshots(&[snapshot]).unwrap();
            let (q, r) = (cube.variable("q").unwrap(), cube.variable("r").unwrap());
            PUBLIC.crosstab_by_answers(&cube.years()[0], q, r, &Filter::default()).map(drop)
        };
        assert_eq!((crossed(&first), crossed(&second)), (Ok(()), Err(Refusal::TooFine)));
    }

    #[test]
    fn it_is_kept_with_the_snapshot_and_only_where_there_is_something() {
        let first = answered("aaaaaaabbb", "abbabaabab");
        assert!(!serde_json::to_string(&first).unwrap().contains("withheld"));
        let second = answered("aaaabaabbb", "abbabaabab").correcting(&first).unwrap();
        let read: Snapshot = serde_json::from_str(&serde_json::to_string(&second).unwrap()).unwrap();
        assert_eq!(read, second);
    }

    proptest! {
        #[test]
        fn whatever_is_corrected_nothing_comes_to_light(
            before in "[ab]{10}",
            after in "[ab]{10}",
            again in "[ab]{10}",
            groups in 0_u32..4,
        ) {
            let of = |answers: &str| {
                Snapshot { small_cells: SmallCells { whole: 0, groups }, ..answered(answers, "aaaaabbbbb") }
            };
            let first = of(&before);
            let second = of(&after).correcting(&first).unwrap();
            let third = of(&again).correcting(&second).unwrap();
            for (earlier, later) in [(&first, &second), (&second, &third)] {
                for (earlier, later) in rows(earlier, "q").iter().zip(rows(later, "q")) {
                    for (earlier, later) in earlier.choices.iter().zip(&later.choices) {
                        prop_assert!(earlier.shown().is_some() || later.shown().is_none());
                    }
                }
            }
        }
    }
}
