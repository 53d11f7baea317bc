//! A year known only as one count a field: what follows for "at least k fields", and under which condition.

use serde::{Deserialize, Serialize};

use super::{Field, Rule};
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

impl CountBounds {
    /// Sharp bounds for "at least k of the fields" from the fields' counts alone.
    ///
    /// Generalises the Fréchet bounds (Fréchet 1935; k = 1: Boole; all: Bonferroni) by counting: `t`
    /// municipalities can reach k fields only if the fields have `k·t` places among them,
    /// `Σ min(aᵢ, t) ≥ k·t`; and t suffice when the others can hold the rest with at most k − 1 fields each,
    /// `Σ max(aᵢ − t, 0) ≤ (k − 1)(N − t)`. `None` when a field's count is missing or exceeds the population.
    pub fn of(rule: &Rule, counts: &[ReferenceCount]) -> Option<Self> {
        let population = counts.first()?.population;
        let of_field = |field: &Field| counts.iter().find(|c| c.field == *field && c.count <= population);
        let marginals: Vec<u32> =
            rule.of.iter().map(|field| of_field(field).map(|c| c.count)).collect::<Option<_>>()?;
        let k = u32::from(rule.at_least);
        let reachable = |t: u32| marginals.iter().map(|a| (*a).min(t)).sum::<u32>() >= k * t;
        let suffices = |t: u32| {
            let rest: u32 = marginals.iter().map(|a| a.saturating_sub(t)).sum();
            rest <= k.saturating_sub(1) * (population - t)
        };
        let upper = (0..=population).rev().find(|t| reachable(*t))?;
        let lower = (0..=population).find(|t| suffices(*t))?;
        Some(Self { lower: Share::new(lower, population), upper: Share::new(upper, population) })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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

    fn at_least(k: u8) -> Rule {
        Rule { at_least: k, of: Field::ALL.to_vec() }
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
    }

    #[test]
    fn nothing_is_said_when_a_field_is_missing() {
        assert_eq!(CountBounds::of(&at_least(1), &counts([6, 11, 20], 40)[..2]), None);
        assert_eq!(CountBounds::of(&at_least(1), &counts([6, 11, 41], 40)), None);
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
