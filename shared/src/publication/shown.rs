//! What a reader gets of the indicators.
//!
//! Where named values are hidden, counts of a definition that would tell them are suppressed. Definitions that read the
//! same questions follow from one another: engaged in one field, in the next and in the third add up to engaged in at
//! least one, at least two and all three. So they are suppressed together, except the official one: its counts for the
//! whole register are what is published.

use std::collections::BTreeSet;

use super::{Snapshot, WithheldFigures};
use crate::indicator::{Change, Definition, Field, FieldRule, Outcome};
use crate::tabulation::release::Disclosure;
use crate::tabulation::suppression::{self, blocks::Blocks};
use crate::tabulation::{Attribute, Grouping};
use crate::visibility::Visibility;

/// What a reader gets of an indicator's counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShownOutcome {
    /// Nothing: the questions behind it are not for this reader.
    Hidden,
    /// 秘匿: the counts would tell single municipalities' values.
    Suppressed,
    /// The counts.
    Counted(Outcome),
}

impl ShownOutcome {
    /// The counts, where they are shown.
    pub fn counted(self) -> Option<Outcome> {
        match self {
            Self::Counted(outcome) => Some(outcome),
            Self::Hidden | Self::Suppressed => None,
        }
    }
}

/// A group's counts under a definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupOutcome {
    /// The group's heading.
    pub label: String,
    /// Its counts; `None` prints 秘匿.
    pub outcome: Option<Outcome>,
}

impl Snapshot {
    /// Whether `reader` may see each municipality's engagement in `field`: the named values of the questions behind it.
    pub fn names_engagement(&self, field: Field, reader: Visibility) -> bool {
        let rule = self.official().and_then(|official| official.definition.rule.field(field));
        rule.is_some_and(|rule| self.disclosure(rule.questions(), reader) == Disclosure::Named)
    }

    /// How much of a definition's result `reader` may see: what they may see of every question behind it.
    pub fn disclosed(&self, definition: &Definition, reader: Visibility) -> Disclosure {
        self.disclosure(definition.rule.questions(), reader)
    }

    /// What `reader` may see of a definition's counts on this snapshot. Those of the official definition are what is
    /// published: they are not suppressed.
    pub fn shown(&self, definition: &Definition, outcome: Outcome, reader: Visibility) -> ShownOutcome {
        match self.disclosed(definition, reader) {
            Disclosure::Nothing => ShownOutcome::Hidden,
            Disclosure::Aggregates
                if !definition.official && (self.tells(outcome) || self.withholds(definition, reader)) =>
            {
                ShownOutcome::Suppressed
            }
            Disclosure::Aggregates | Disclosure::Named => ShownOutcome::Counted(outcome),
        }
    }

    /// What `reader` may see of a definition's counts for one field of its rule.
    pub fn shown_field(
        &self,
        definition: &Definition,
        (field, outcome): (Field, Outcome),
        reader: Visibility,
    ) -> ShownOutcome {
        let questions = definition.rule.field(field).into_iter().flat_map(FieldRule::questions);
        match self.disclosure(questions, reader) {
            Disclosure::Nothing => ShownOutcome::Hidden,
            Disclosure::Aggregates if self.tells(outcome) || self.withholds(definition, reader) => {
                ShownOutcome::Suppressed
            }
            Disclosure::Aggregates | Disclosure::Named => ShownOutcome::Counted(outcome),
        }
    }

    /// The change from this year's counts of a definition to a later outcome of it, if this year used the same version
    /// and `reader` may see its counts too: otherwise the change would tell them.
    pub fn change_to(&self, definition: &Definition, later: Outcome, reader: Visibility) -> Option<Change> {
        let before = self.indicator(&definition.id)?;
        let shown = self.shown(&before.definition, before.outcome, reader).counted()?;
        later.change_since(&shown).filter(|_| before.definition.version == definition.version)
    }

    /// A definition's counts by groups of municipalities: where `reader` may not see named values, a group is suppressed
    /// that would tell a municipality's value under this definition or one that it follows from. Groups of nobody are
    /// left out.
    pub fn by_attribute(&self, definition: &Definition, attribute: Attribute, reader: Visibility) -> Vec<GroupOutcome> {
        let register: Vec<_> = self.municipalities.iter().map(|place| Some(&place.municipality)).collect();
        let grouping = Grouping::of_register(register.iter().copied(), attribute);
        let groups = grouping.labels().len();
        let counted = |definition: &Definition| -> Vec<Outcome> {
            let evaluation = self.evaluate(definition);
            let outcome = |group: usize| {
                let there = self.municipalities.iter().zip(grouping.codes());
                let there = there.filter(|(_, code)| usize::from(**code) == group).map(|(place, _)| place);
                Outcome::count(there.filter_map(|m| Some((evaluation.decide(m)?, m.state.is_handed_in()))))
            };
            (0..groups).map(outcome).collect()
        };
        let mut hidden = vec![false; groups];
        match self.disclosed(definition, reader) {
            Disclosure::Named => {}
            Disclosure::Nothing => hidden.fill(true),
            Disclosure::Aggregates => match Blocks::of(&register).by(attribute) {
                None => hidden.fill(true),
                Some(blocks) => {
                    for (related, _) in self.related(definition) {
                        if self.disclosed(related, reader) == Disclosure::Aggregates {
                            let withheld = self.withheld(related).and_then(|withheld| withheld.groups.get(&attribute));
                            let is_withheld = |label| withheld.is_some_and(|labels| labels.contains(label));
                            let already: Vec<bool> = grouping.labels().iter().map(is_withheld).collect();
                            let threshold = self.small_cells.groups;
                            let shown = suppression::outcomes(&counted(related), blocks, threshold, &already);
                            hidden.iter_mut().zip(shown).for_each(|(hidden, shown)| *hidden |= shown.is_none());
                        }
                    }
                }
            },
        }
        let outcomes = grouping.labels().iter().zip(counted(definition)).zip(hidden);
        let outcomes = outcomes.filter(|((_, outcome), _)| outcome.register > 0);
        let named = |((label, outcome), hidden): ((&String, _), bool)| GroupOutcome {
            label: label.clone(),
            outcome: (!hidden).then_some(outcome),
        };
        outcomes.map(named).collect()
    }

    fn tells(&self, outcome: Outcome) -> bool {
        suppression::outcome(outcome, self.small_cells.whole).is_none()
    }

    /// Whether a definition is suppressed with those that it follows from: some of their counts would tell.
    fn withholds(&self, definition: &Definition, reader: Visibility) -> bool {
        let related = self.related(definition);
        let suppressed = |(related, outcome): &(&Definition, Option<Outcome>)| {
            !related.official
                && self.disclosed(related, reader) == Disclosure::Aggregates
                && (outcome.is_some_and(|outcome| self.tells(outcome))
                    || self.withheld(related).is_some_and(|withheld| withheld.whole))
        };
        let official = self.official().map(|official| &official.definition);
        let official = official.filter(|official| related.iter().any(|(related, _)| related == official));
        let withheld = official.and_then(|official| self.withheld(official));
        let mut fields = official.into_iter().flat_map(|official| &official.rule.fields);
        related.iter().any(suppressed)
            || fields.any(|rule| {
                self.disclosure(rule.questions(), reader) == Disclosure::Aggregates
                    && (self.tells(self.field_outcome(rule.field))
                        || withheld.is_some_and(|withheld| withheld.fields.contains(&rule.field)))
            })
    }

    /// What an earlier revision suppressed of it.
    fn withheld(&self, definition: &Definition) -> Option<&WithheldFigures> {
        self.indicators.iter().find(|indicator| indicator.definition == *definition)?.withheld.as_ref()
    }

    /// The definition, and all that read some of the same questions, directly or by way of others, with their counts
    /// where these are published.
    fn related<'s>(&'s self, definition: &'s Definition) -> Vec<(&'s Definition, Option<Outcome>)> {
        let published = self.indicators.iter().flat_map(|indicator| {
            let bridge = indicator.bridge.as_ref().map(|bridge| (&bridge.definition, Some(bridge.outcome)));
            std::iter::once((&indicator.definition, Some(indicator.outcome))).chain(bridge)
        });
        let mut others: Vec<(&Definition, Option<Outcome>)> = published.collect();
        let mut related = vec![(definition, None)];
        let mut questions: BTreeSet<&str> = definition.rule.questions().collect();
        loop {
            let reads =
                |other: &(&Definition, _)| other.0.rule.questions().any(|question| questions.contains(question));
            let (more, rest): (Vec<_>, Vec<_>) = others.into_iter().partition(reads);
            if more.is_empty() {
                return related;
            }
            questions.extend(more.iter().flat_map(|(other, _)| other.rule.questions()));
            related.extend(more);
            others = rest;
        }
    }

    /// The least that is disclosed of any of those questions. A question that was not asked hides nothing.
    fn disclosure<'c>(&self, concepts: impl Iterator<Item = &'c str>, reader: Visibility) -> Disclosure {
        let asked = concepts.filter_map(|concept| self.questions.iter().find(|question| question.concept == concept));
        asked.map(|question| Disclosure::of(question.visibility, reader)).min().unwrap_or(Disclosure::Named)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::PublishedIndicator;
    use super::*;
    use crate::indicator::{Counts, Denominator, FieldTest, Quota, Role, Rule, Treatment};
    use crate::municipality::Region;
    use crate::response::{AnswerValue, Cell};
    use crate::tabulation::{SmallCells, samples};

    const REGIONS: [Region; 3] = [Region::Tosei, Region::Chunan, Region::Sanpachi];

    fn definition(id: &str, quota: Quota, fields: &[Field]) -> Definition {
        let rule = |field: &Field| FieldRule { field: *field, test: FieldTest::Question(field.code().to_owned()) };
        Definition {
            id: id.to_owned(),
            version: 1,
            role: if fields.len() == 1 { Role::Field } else { Role::Reference },
            official: id == "any",
            title: id.to_owned(),
            description: id.to_owned(),
            valid_from: samples::year(2023),
            valid_to: None,
            rule: Rule { quota, fields: fields.iter().map(rule).collect() },
            counts: Counts::Choices(std::iter::once("1".to_owned()).collect()),
            treatment: Treatment::default(),
            denominator: Denominator::Register,
            source: "見本".to_owned(),
            note: String::new(),
        }
    }

    /// The three fields' definitions and any, two and all of them; by bits, in which fields each municipality is engaged.
    fn published(engaged: &[u8], small_cells: SmallCells) -> Snapshot {
        let questions = Field::ALL.map(|field| samples::question(field.code(), &["0", "1"]));
        let mut snapshot = Snapshot { small_cells, ..samples::snapshot(2026, &questions) };
        let cell = |bit: u8| Cell::Value(AnswerValue::Choice(bit.to_string()));
        let place = |(number, bits): (usize, &u8)| {
            let place = samples::municipality(number, Some(REGIONS[number % 3]), Some(1000));
            samples::published(place, [0, 1, 2].map(|field| cell(bits >> field & 1)).to_vec())
        };
        snapshot.municipalities = engaged.iter().enumerate().map(place).collect();
        let any = definition("any", Quota::Any, &Field::ALL);
        let fields: Vec<_> = {
            let evaluation = snapshot.evaluate(&any);
            snapshot.municipalities.iter().map(|m| evaluation.field_engagement(m)).collect()
        };
        snapshot.municipalities.iter_mut().zip(fields).for_each(|(m, fields)| m.fields = fields);
        let of_fields = Field::ALL.map(|field| definition(field.code(), Quota::Any, &[field]));
        let more =
            [definition("two", "at least 2".parse().unwrap(), &Field::ALL), definition("all", Quota::All, &Field::ALL)];
        let all = std::iter::once(any).chain(of_fields).chain(more);
        snapshot.indicators = all.map(|definition| snapshot.compute(definition, None)).collect();
        snapshot
    }

    fn shown(snapshot: &Snapshot, indicator: &PublishedIndicator, reader: Visibility) -> Option<Outcome> {
        snapshot.shown(&indicator.definition, indicator.outcome, reader).counted()
    }

    #[test]
    fn that_nobody_is_engaged_in_all_fields_does_not_follow_from_the_other_definitions() {
        let snapshot = published(&[1, 2, 4, 1, 2, 4, 3, 5, 6, 0, 0], SmallCells { whole: 0, groups: 0 });
        for indicator in &snapshot.indicators {
            let (definition, official) = (&indicator.definition, indicator.definition.official);
            assert_eq!(shown(&snapshot, indicator, Visibility::Public).is_some(), official, "{}", definition.id);
            assert!(shown(&snapshot, indicator, Visibility::Council).is_some());
        }
        let official = &snapshot.official().unwrap().definition;
        for field in Field::ALL {
            let counted = (field, snapshot.field_outcome(field));
            assert_eq!(snapshot.shown_field(official, counted, Visibility::Public), ShownOutcome::Suppressed);
            assert_eq!(snapshot.shown_field(official, counted, Visibility::Council), ShownOutcome::Counted(counted.1));
        }
    }

    #[test]
    fn a_field_of_which_everybody_is_engaged_is_not_shown() {
        let snapshot = published(&[1, 3, 5, 7, 7, 1], SmallCells { whole: 0, groups: 0 });
        let official = &snapshot.official().unwrap().definition;
        let counted = (Field::Industry, snapshot.field_outcome(Field::Industry));
        assert_eq!(snapshot.shown_field(official, counted, Visibility::Public), ShownOutcome::Suppressed);
    }

    #[test]
    fn a_correction_shows_no_figure_that_was_suppressed() {
        let small = SmallCells { whole: 0, groups: 0 };
        // Everybody of the first region is engaged; after the correction, nobody's value would be told.
        let first = published(&[7, 7, 7, 4, 0, 0, 1, 1, 1, 2, 2, 2], small);
        let hidden = |snapshot: &Snapshot| {
            let official = &snapshot.official().unwrap().definition;
            let groups = snapshot.by_attribute(official, Attribute::Region, Visibility::Public);
            groups.iter().filter(|group| group.outcome.is_none()).map(|group| group.label.clone()).collect::<Vec<_>>()
        };
        assert!(hidden(&first).contains(&"東青".to_owned()), "{:?}", hidden(&first));
        let corrected = published(&[7, 7, 7, 0, 0, 0, 1, 1, 1, 2, 2, 2], small);
        assert_eq!(hidden(&corrected), Vec::<String>::new(), "alone it would show all");
        let second = corrected.correcting(&first).unwrap();
        assert_eq!(hidden(&second), hidden(&first));
        // The official definition's own counts are what is published.
        let official = second.official().unwrap();
        assert_eq!(shown(&second, official, Visibility::Public), Some(official.outcome));
    }

    proptest! {
        #[test]
        fn definitions_that_follow_from_one_another_are_shown_or_suppressed_together(
            engaged in prop::collection::vec(0_u8..8, 3..40),
            groups in 0_u32..4,
        ) {
            let snapshot = published(&engaged, SmallCells { whole: 0, groups });
            let others = || snapshot.indicators.iter().filter(|indicator| !indicator.definition.official);
            let first = others().next().map(|first| shown(&snapshot, first, Visibility::Public).is_some());
            prop_assert!(others().all(|other| Some(shown(&snapshot, other, Visibility::Public).is_some()) == first));
            let by_region = |indicator: &PublishedIndicator| -> Vec<bool> {
                let all = snapshot.by_attribute(&indicator.definition, Attribute::Region, Visibility::Public);
                all.iter().map(|group| group.outcome.is_some()).collect()
            };
            let official = by_region(snapshot.official().unwrap());
            prop_assert!(snapshot.indicators.iter().all(|indicator| by_region(indicator) == official));
            for indicator in &snapshot.indicators {
                for group in snapshot.by_attribute(&indicator.definition, Attribute::Region, Visibility::Public) {
                    prop_assert!(group.outcome.is_none_or(|o| o.engaged.min(o.not_engaged) >= groups.max(1)));
                }
            }
        }
    }
}
