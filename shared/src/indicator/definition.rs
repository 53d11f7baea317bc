//! What counts as engaged: a definition is data and has a version.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Field;
use crate::fiscal_year::FiscalYear;
use crate::response::{AnswerValue, Cell};

/// One version of one definition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// Stable id, e.g. `engaged-any`.
    pub id: String,
    /// Counted from 1.
    pub version: u16,
    /// What it is shown as.
    pub role: Role,
    /// 公式: exactly one definition is official in a year.
    pub official: bool,
    /// Name shown.
    pub title: String,
    /// What counts, in a sentence for the public.
    pub description: String,
    /// First fiscal year it applies to.
    pub valid_from: FiscalYear,
    /// Last fiscal year it applies to.
    #[serde(default)]
    pub valid_to: Option<FiscalYear>,
    /// When a municipality counts as engaged.
    pub rule: Rule,
    /// 概念ID of the question that tells a field's engagement.
    pub engaged_questions: BTreeMap<Field, String>,
    /// Choices of those questions that mean 「取り組んでいる」.
    pub engaged_choices: Vec<String>,
    /// Where the definition comes from.
    pub source: String,
    /// Remark.
    #[serde(default)]
    pub note: String,
}

/// What a definition is shown as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The share named in the plan.
    Headline,
    /// One field's share.
    Field,
    /// 「別の定義による参考値」
    Reference,
}

/// At least `at_least` of the fields `of` must be engaged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// How many.
    pub at_least: u8,
    /// Of which fields.
    pub of: Vec<Field>,
}

/// What is known of one municipality.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Engagement {
    /// Confirmed engaged.
    Engaged,
    /// Confirmed not engaged.
    NotEngaged,
    /// Unanswered, 不明, returned, unaccepted or not submitted.
    Undetermined,
}

/// A municipality's engagement in each of the three fields.
pub type FieldEngagement = BTreeMap<Field, Engagement>;

impl Definition {
    /// Whether it applies to that year.
    pub fn applies_to(&self, year: FiscalYear) -> bool {
        self.valid_from <= year && self.valid_to.is_none_or(|last| year <= last)
    }

    /// Sorts definitions as pages list them: the headline, the fields in the plan's order, references from the
    /// widest to the narrowest, each by version.
    pub fn place(&self) -> (Role, u8, Option<Field>, u16) {
        (self.role, self.rule.at_least, self.rule.of.first().copied(), self.version)
    }

    /// 「第1版」
    pub fn version_label(&self) -> String {
        format!("第{}版", self.version)
    }

    /// Reads a field's engagement from the cell of its question. Only an accepted response is confirmed.
    pub fn engagement(&self, accepted: bool, cell: &Cell) -> Engagement {
        match cell {
            Cell::Value(AnswerValue::Choice(choice)) if accepted => {
                if self.engaged_choices.contains(choice) {
                    Engagement::Engaged
                } else {
                    Engagement::NotEngaged
                }
            }
            Cell::NotApplicable if accepted => Engagement::NotEngaged,
            Cell::Value(_)
            | Cell::Unknown
            | Cell::NotApplicable
            | Cell::Skipped
            | Cell::Blank
            | Cell::NotSubmitted
            | Cell::NotAsked => Engagement::Undetermined,
        }
    }
}

impl Rule {
    /// Decides a municipality: engaged or not only when no completion of what is undetermined could change it.
    pub fn decide(&self, fields: &FieldEngagement) -> Engagement {
        let count = |wanted: Engagement| {
            self.of.iter().filter(|f| fields.get(f).copied().unwrap_or(Engagement::Undetermined) == wanted).count()
        };
        let needed = usize::from(self.at_least);
        let engaged = count(Engagement::Engaged);
        if engaged >= needed {
            Engagement::Engaged
        } else if engaged + count(Engagement::Undetermined) < needed {
            Engagement::NotEngaged
        } else {
            Engagement::Undetermined
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_engagement() -> impl Strategy<Value = Engagement> {
        prop_oneof![Just(Engagement::Engaged), Just(Engagement::NotEngaged), Just(Engagement::Undetermined)]
    }

    proptest! {
        #[test]
        fn a_decision_holds_for_every_completion(
            known in prop::collection::vec(any_engagement(), 3),
            completion in prop::collection::vec(any::<bool>(), 3),
            at_least in 1_u8..=3,
        ) {
            let rule = Rule { at_least, of: Field::ALL.to_vec() };
            let partial: FieldEngagement = Field::ALL.into_iter().zip(known.iter().copied()).collect();
            let complete: FieldEngagement = Field::ALL
                .into_iter()
                .zip(known.iter().zip(&completion).map(|(known, engaged)| match known {
                    Engagement::Undetermined if *engaged => Engagement::Engaged,
                    Engagement::Undetermined => Engagement::NotEngaged,
                    decided => *decided,
                }))
                .collect();
            let decided = rule.decide(&partial);
            prop_assert_ne!(rule.decide(&complete), Engagement::Undetermined);
            if decided != Engagement::Undetermined {
                prop_assert_eq!(rule.decide(&complete), decided);
            }
        }
    }
}
