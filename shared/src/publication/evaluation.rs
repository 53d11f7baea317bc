//! What a definition makes of a snapshot, recomputed from its cells: every published figure comes from here.

use std::collections::HashMap;

use super::{Bridge, PublishedIndicator, PublishedMunicipality, PublishedQuestion, Snapshot};
use crate::indicator::{Definition, Engagement, Field, FieldEngagement, Outcome, PopulationCompanion};
use crate::response::{Cell, ResponseState};
use crate::statistics::Undefined;

/// A definition on a snapshot.
#[derive(Debug, Clone)]
pub struct Evaluation<'s> {
    definition: &'s Definition,
    snapshot: &'s Snapshot,
    /// Place of each question of the rule among the snapshot's, by 概念ID.
    places: HashMap<&'s str, usize>,
}

/// One answer that a definition reads.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contribution<'s> {
    /// The question; `None` where the year did not ask it.
    pub question: Option<&'s PublishedQuestion>,
    /// What was answered.
    pub cell: &'s Cell,
    /// What it tells; `None` is left out.
    pub engagement: Option<Engagement>,
}

impl Snapshot {
    /// The definition on this snapshot.
    pub fn evaluate<'s>(&'s self, definition: &'s Definition) -> Evaluation<'s> {
        let place = |concept: &'s str| {
            let place = self.questions.iter().position(|question| question.concept == concept)?;
            Some((concept, place))
        };
        let places = definition.rule.questions().filter_map(place).collect();
        Evaluation { definition, snapshot: self, places }
    }

    /// Computes a definition and, where it has one, its predecessor.
    pub fn compute(&self, definition: Definition, predecessor: Option<Definition>) -> PublishedIndicator {
        let (outcome, left_out) = self.evaluate(&definition).outcome();
        let bridge = predecessor.map(|definition| {
            let (outcome, left_out) = self.evaluate(&definition).outcome();
            Bridge { definition, outcome, left_out }
        });
        PublishedIndicator { definition, outcome, left_out, withheld: None, bridge }
    }
}

impl<'s> Evaluation<'s> {
    /// What the answer to the question of that 概念ID tells.
    pub fn contribution(&self, municipality: &'s PublishedMunicipality, concept: &str) -> Contribution<'s> {
        let place = self.places.get(concept).copied();
        let cell = place.and_then(|place| municipality.cells.get(place)).unwrap_or(&Cell::NotAsked);
        let accepted = municipality.state == ResponseState::Accepted;
        Contribution {
            question: place.and_then(|place| self.snapshot.questions.get(place)),
            cell,
            engagement: self.definition.read(accepted, cell),
        }
    }

    /// What is known of each field of the rule; those that do not apply are missing.
    pub fn fields(&self, municipality: &'s PublishedMunicipality) -> FieldEngagement {
        self.definition.rule.fields(|concept| self.contribution(municipality, concept).engagement)
    }

    /// What is known of the municipality; `None` is left out of the denominator.
    pub fn decide(&self, municipality: &'s PublishedMunicipality) -> Option<Engagement> {
        self.definition.decide(&self.fields(municipality))
    }

    /// The three fields as the snapshot keeps them of its official definition: a field that the definition does not ask
    /// for is undetermined, one that does not apply is not engaged.
    pub fn field_engagement(&self, municipality: &'s PublishedMunicipality) -> FieldEngagement {
        let known = self.fields(municipality);
        let otherwise = |field| match self.definition.rule.field(field) {
            Some(_) => Engagement::NotEngaged,
            None => Engagement::Undetermined,
        };
        Field::ALL.into_iter().map(|field| (field, known.get(&field).copied().unwrap_or(otherwise(field)))).collect()
    }

    /// The counts, and how many municipalities are left out of them.
    pub fn outcome(&self) -> (Outcome, u32) {
        self.count(|municipality| self.decide(municipality))
    }

    /// The counts of one field of the rule, and how many municipalities it does not apply to.
    pub fn field_outcome(&self, field: Field) -> (Outcome, u32) {
        self.count(|municipality| self.fields(municipality).get(&field).copied())
    }

    fn count(&self, decide: impl Fn(&'s PublishedMunicipality) -> Option<Engagement>) -> (Outcome, u32) {
        let all = self.snapshot.municipalities.iter();
        let mut left_out = 0;
        let counted = all.filter_map(|municipality| {
            let engagement = decide(municipality);
            left_out += u32::from(engagement.is_none());
            Some((engagement?, municipality.state.is_handed_in()))
        });
        let outcome = Outcome::count(counted);
        (outcome, left_out)
    }

    /// The same counted in people.
    pub fn companion(&self) -> Result<PopulationCompanion, Undefined> {
        let all = self.snapshot.municipalities.iter();
        let counted: Vec<_> = all.filter_map(|m| Some((self.decide(m)?, m.municipality.population))).collect();
        PopulationCompanion::of(&counted)
    }
}
