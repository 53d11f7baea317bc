//! A year known only as one count a field: what follows for "at least k fields", and under which condition.

use serde::{Deserialize, Serialize};

use super::{Counts, Definition, Field, FieldTest};
use crate::fiscal_year::FiscalYear;
use crate::share::Share;

/// A published count of municipalities engaged in one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReferenceCount {
    /// The survey's fiscal year.
    pub year: FiscalYear,
    /// The field.
    pub field: Field,
    /// Municipalities engaged.
    pub count: u32,
    /// Municipalities on the register.
    pub population: u32,
    /// Municipalities that responded, where published.
    pub respondents: Option<u32>,
    /// Definition version, e.g. `v0`.
    pub definition: String,
    /// Publication it was taken from.
    pub source: String,
    /// Remark.
    pub note: String,
}

/// Least and greatest share that the counts of single fields allow, *if all municipalities answered*.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountBounds {
    /// Least possible.
    pub lower: Share,
    /// Greatest possible.
    pub upper: Share,
}

/// Why the counts of single fields say nothing about a definition. The text is shown in place of an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoBounds {
    /// The definition counts something else than what was published.
    #[error(
        "公表された数は「取り組んでいる」と回答した団体数で、この定義が数える設問とは異なるため、範囲は分かりません。"
    )]
    CountsSomethingElse,
    /// A field's count was not published, or exceeds the register.
    #[error("必要な分野の団体数が公表されていないため、範囲は分かりません。")]
    Missing,
}

/// 概念ID of the question that the published counts answer: whether the municipality is engaged in the field.
fn counted_question(field: Field) -> String {
    format!("engaged.{}", field.code())
}

impl CountBounds {
    /// Sharp bounds for "enough of the fields" from the fields' counts alone.
    ///
    /// Generalises the Fréchet bounds (Fréchet 1935; k = 1: Boole; all: Bonferroni) by counting: `t`
    /// municipalities can reach k fields only if the fields have `k·t` places among them,
    /// `Σ min(aᵢ, t) ≥ k·t`; and t suffice when the others can hold the rest with at most k − 1 fields each,
    /// `Σ max(aᵢ − t, 0) ≤ (k − 1)(N − t)`. They hold if every municipality answered.
    ///
    /// Only for definitions over the question that was counted, out of the whole register: of a field's areas the
    /// counts tell nothing.
    pub fn of(definition: &Definition, counts: &[ReferenceCount]) -> Result<Self, NoBounds> {
        let rule = &definition.rule;
        let asks = |field: &Field, test: &FieldTest| *test == FieldTest::Question(counted_question(*field));
        let same_question = rule.fields.iter().all(|rule| asks(&rule.field, &rule.test));
        if !same_question || !matches!(definition.counts, Counts::Choices(_)) || definition.treatment.leaves_out() {
            return Err(NoBounds::CountsSomethingElse);
        }
        let population = counts.first().ok_or(NoBounds::Missing)?.population;
        let of_field = |field: Field| counts.iter().find(|c| c.field == field && c.count <= population);
        let marginals: Option<Vec<u32>> = rule.fields.iter().map(|rule| Some(of_field(rule.field)?.count)).collect();
        let marginals = marginals.ok_or(NoBounds::Missing)?;
        let k = u32::try_from(rule.needed()).map_err(|_| NoBounds::Missing)?;
        let reachable = |t: u32| marginals.iter().map(|a| (*a).min(t)).sum::<u32>() >= k * t;
        let suffices = |t: u32| {
            let rest: u32 = marginals.iter().map(|a| a.saturating_sub(t)).sum();
            rest <= k.saturating_sub(1) * (population - t)
        };
        let upper = (0..=population).rev().find(|t| reachable(*t)).ok_or(NoBounds::Missing)?;
        let lower = (0..=population).find(|t| suffices(*t)).ok_or(NoBounds::Missing)?;
        Ok(Self { lower: Share::new(lower, population), upper: Share::new(upper, population) })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Denominator, FieldRule, Quota, Role, Rule, Treatment};
    use super::*;

    fn counts(by_field: [u32; 3], population: u32) -> Vec<ReferenceCount> {
        Field::ALL
            .into_iter()
            .zip(by_field)
            .map(|(field, count)| ReferenceCount {
                year: FiscalYear::new(2022).unwrap(),
                field,
                count,
                population,
                respondents: None,
                definition: "v0".to_owned(),
                source: String::new(),
                note: String::new(),
            })
            .collect()
    }

    /// Over the field's own questions.
    fn enough(quota: Quota) -> Definition {
        let test = |field| FieldTest::Question(counted_question(field));
        Definition {
            id: "sample".to_owned(),
            version: 1,
            role: Role::Reference,
            official: false,
            title: String::new(),
            description: String::new(),
            valid_from: FiscalYear::new(2023).unwrap(),
            valid_to: None,
            rule: Rule { quota, fields: Field::ALL.map(|field| FieldRule { field, test: test(field) }).to_vec() },
            counts: Counts::Choices(vec!["1".to_owned()]),
            treatment: Treatment::default(),
            denominator: Denominator::Register,
            source: String::new(),
            note: String::new(),
        }
    }

    fn at_least(k: u8) -> Definition {
        enough(Quota::at_least(k).unwrap())
    }

    #[test]
    fn the_published_counts_of_2022_give_the_intervals_of_the_design() {
        let published = counts([6, 11, 20], 40);
        let shown = |k| {
            let bounds = CountBounds::of(&at_least(k), &published).unwrap();
            format!("{}〜{}", bounds.lower, bounds.upper)
        };
        assert_eq!(shown(1), "50.0％〜92.5％");
        assert_eq!(shown(2), "0.0％〜42.5％");
        assert_eq!(shown(3), "0.0％〜15.0％");
        for (quota, k) in [("any", 1), ("at least 1/2", 2), ("at least 2/3", 2), ("all", 3)] {
            let same = CountBounds::of(&enough(quota.parse().unwrap()), &published).unwrap();
            assert_eq!(same, CountBounds::of(&at_least(k), &published).unwrap(), "{quota}");
        }
    }

    #[test]
    fn of_areas_and_stages_the_counts_tell_nothing_and_say_so() {
        let published = counts([6, 11, 20], 40);
        let mut by_areas = at_least(1);
        by_areas.rule.fields[1].test = FieldTest::Areas { quota: Quota::Any, areas: Vec::new() };
        let by_stage = Definition { counts: Counts::FromStage(2), ..at_least(1) };
        let mut of_stage = at_least(1);
        of_stage.rule.fields[0].test = FieldTest::Question("stage.industry".to_owned());
        for definition in [by_areas, by_stage, of_stage] {
            assert_eq!(CountBounds::of(&definition, &published), Err(NoBounds::CountsSomethingElse));
        }
    }

    #[test]
    fn nothing_is_said_when_a_field_is_missing() {
        assert_eq!(CountBounds::of(&at_least(1), &counts([6, 11, 20], 40)[..2]), Err(NoBounds::Missing));
        assert_eq!(CountBounds::of(&at_least(1), &counts([6, 11, 41], 40)), Err(NoBounds::Missing));
    }

    proptest! {
        #[test]
        fn the_bounds_contain_every_register_with_those_counts(
            register in prop::collection::vec(prop::array::uniform3(any::<bool>()), 1..30),
            k in 1_u8..=3,
        ) {
            let population = u32::try_from(register.len()).unwrap();
            let by_field = [0, 1, 2].map(|f| u32::try_from(register.iter().filter(|m| m[f]).count()).unwrap());
            let reached = register.iter().filter(|m| m.iter().filter(|e| **e).count() >= usize::from(k)).count();
            let bounds = CountBounds::of(&at_least(k), &counts(by_field, population)).unwrap();
            prop_assert!(usize::try_from(bounds.lower.numerator).unwrap() <= reached);
            prop_assert!(reached <= usize::try_from(bounds.upper.numerator).unwrap());
        }
    }
}
