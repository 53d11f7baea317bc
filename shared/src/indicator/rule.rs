//! When a municipality counts as engaged: enough of the fields do; a field counts by its own question, or by enough of
//! its areas; an area by enough of its questions.

use serde::{Deserialize, Serialize};

use super::{Engagement, Field, FieldEngagement, Quota};

/// Enough of the fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// How many of them.
    pub quota: Quota,
    /// Which, each once.
    pub fields: Vec<FieldRule>,
}

/// When one field counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldRule {
    /// The field.
    pub field: Field,
    /// By what.
    pub test: FieldTest,
}

/// By what a field counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldTest {
    /// The question on the field as a whole, by its 概念ID.
    Question(String),
    /// Enough of its areas.
    Areas {
        /// How many.
        quota: Quota,
        /// Which.
        areas: Vec<AreaRule>,
    },
}

/// When one area (項目) counts: enough of its questions do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AreaRule {
    /// Name shown.
    pub name: String,
    /// How many of its questions.
    pub quota: Quota,
    /// Which, by 概念ID.
    pub questions: Vec<String>,
}

impl Rule {
    /// Decides from what is known of each field; a field that is missing does not apply. `None` where none does.
    pub fn decide(&self, fields: &FieldEngagement) -> Option<Engagement> {
        self.quota.decide(self.fields.iter().map(|rule| fields.get(&rule.field).copied()))
    }

    /// What is known of each of its fields, given what each question tells (`None`: left out). Fields that do not apply
    /// are missing.
    pub fn fields(&self, read: impl Fn(&str) -> Option<Engagement>) -> FieldEngagement {
        self.fields.iter().filter_map(|rule| Some((rule.field, rule.decide(&read)?))).collect()
    }

    /// The rule of that field.
    pub fn field(&self, field: Field) -> Option<&FieldRule> {
        self.fields.iter().find(|rule| rule.field == field)
    }

    /// 概念IDs of all questions behind it.
    pub fn questions(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().flat_map(FieldRule::questions)
    }

    /// How many of its fields must be engaged.
    pub fn needed(&self) -> usize {
        self.quota.needed(self.fields.len())
    }
}

impl FieldRule {
    /// Decides from what each question tells; `None` where nothing of the field applies.
    pub fn decide(&self, read: impl Fn(&str) -> Option<Engagement>) -> Option<Engagement> {
        match &self.test {
            FieldTest::Question(concept) => read(concept),
            FieldTest::Areas { quota, areas } => quota.decide(areas.iter().map(|area| area.decide(&read))),
        }
    }

    /// 概念IDs of the questions behind it.
    pub fn questions(&self) -> impl Iterator<Item = &str> {
        let (own, areas): (Option<&str>, &[AreaRule]) = match &self.test {
            FieldTest::Question(concept) => (Some(concept), &[]),
            FieldTest::Areas { areas, .. } => (None, areas),
        };
        own.into_iter().chain(areas.iter().flat_map(|area| &area.questions).map(String::as_str))
    }
}

impl AreaRule {
    /// Decides from what each question tells; `None` where none applies.
    pub fn decide(&self, read: impl Fn(&str) -> Option<Engagement>) -> Option<Engagement> {
        self.quota.decide(self.questions.iter().map(|concept| read(concept)))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    /// What a question tells, in one byte: engaged, not, undetermined, left out.
    fn told(code: u8) -> Option<Engagement> {
        match code {
            0 => Some(Engagement::Engaged),
            1 => Some(Engagement::NotEngaged),
            2 => Some(Engagement::Undetermined),
            _ => None,
        }
    }

    fn any_quota() -> impl Strategy<Value = Quota> {
        prop_oneof![
            Just("any"),
            Just("all"),
            Just("at least 2"),
            Just("at least 3"),
            Just("at least 1/2"),
            Just("at least 2/3")
        ]
        .prop_map(|text| text.parse().unwrap())
    }

    /// A rule and, for each of its questions, what it tells.
    fn any_rule() -> impl Strategy<Value = (Rule, Vec<u8>)> {
        let area = (any_quota(), prop::collection::vec(0_u8..4, 1..5));
        let field = prop_oneof![
            (0_u8..4).prop_map(|code| (None, vec![(Quota::Any, vec![code])])),
            (any_quota().prop_map(Some), prop::collection::vec(area, 1..5)),
        ];
        (any_quota(), prop::collection::vec(field, 1..=3)).prop_map(|(quota, fields)| {
            let mut codes = Vec::new();
            let mut question = |code: u8| {
                codes.push(code);
                format!("q{}", codes.len() - 1)
            };
            let fields = Field::ALL.into_iter().zip(fields).map(|(field, (own, areas))| {
                let mut areas = areas.into_iter().map(|(quota, codes)| AreaRule {
                    name: String::new(),
                    quota,
                    questions: codes.into_iter().map(&mut question).collect(),
                });
                let test = match own {
                    Some(quota) => FieldTest::Areas { quota, areas: areas.collect() },
                    None => FieldTest::Question(areas.next().unwrap().questions.remove(0)),
                };
                FieldRule { field, test }
            });
            let rule = Rule { quota, fields: fields.collect() };
            (rule, codes)
        })
    }

    fn decide(rule: &Rule, codes: &[u8]) -> Option<Engagement> {
        let told: BTreeMap<String, Option<Engagement>> =
            codes.iter().enumerate().map(|(place, code)| (format!("q{place}"), told(*code))).collect();
        rule.decide(&rule.fields(|concept| told[concept]))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn a_decision_holds_for_every_completion(
            (rule, known) in any_rule(),
            turns in prop::collection::vec(prop_oneof![Just(0_u8), Just(1), Just(3)], 60),
        ) {
            let completed: Vec<u8> =
                known.iter().zip(turns).map(|(code, turn)| if *code == 2 { turn } else { *code }).collect();
            let (decided, complete) = (decide(&rule, &known), decide(&rule, &completed));
            prop_assert_ne!(complete, Some(Engagement::Undetermined), "nothing is left open once all is known");
            if decided != Some(Engagement::Undetermined) {
                prop_assert_eq!(complete, decided);
            }
        }
    }
}
