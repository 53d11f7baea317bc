//! 外れ値: a number far from everybody else's, by the robust z-score.
//!
//! Shares (％) are compared as they are. Every other number is an amount that goes with the size of a municipality, though
//! seldom in proportion: as it is, the largest cities would stand out every year; per 10,000 inhabitants, the smallest
//! villages. So an amount is told only where it lies beyond the limit **both** ways and to the same side: then size alone
//! explains it neither as a cause nor as a divisor. Who has no population on the register is compared in shares only.

use std::collections::BTreeMap;

use super::finding::{Evidence, Finding};
use super::{Examined, number};
use crate::questionnaire::{Question, QuestionIndex};
use crate::response::AnswerValue;
use crate::statistics::robust_z::{LIMIT, Spread};

/// Amounts are also compared per so many inhabitants.
pub const INHABITANTS: f64 = 10_000.0;

/// Where a number lies among all.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// The number.
    pub value: f64,
    /// The median of all.
    pub median: f64,
    /// Its robust z-score.
    pub score: f64,
    /// How many gave a number.
    pub n: usize,
}

/// A number far from everybody else's.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outlier {
    /// As it is.
    pub plain: Place,
    /// Per [`INHABITANTS`]; `None` for shares.
    pub per_inhabitants: Option<Place>,
}

impl Outlier {
    /// How far it lies at least, without a sign.
    pub fn nearest_score(&self) -> f64 {
        let other = self.per_inhabitants.map_or(f64::INFINITY, |place| place.score.abs());
        self.plain.score.abs().min(other)
    }
}

/// The numbers of a round, question by question.
#[derive(Debug, Default)]
pub struct Values(BTreeMap<QuestionIndex, Numbers>);

#[derive(Debug)]
struct Numbers {
    share: bool,
    given: Vec<Given>,
}

/// A number that somebody gave.
#[derive(Debug)]
struct Given {
    response: usize,
    value: f64,
    /// `None` where the population is not known.
    per_inhabitants: Option<f64>,
    now: AnswerValue,
    then: Option<AnswerValue>,
}

impl Values {
    /// Takes up the numbers of one response; `response` tells it from the others.
    pub fn add(&mut self, response: usize, examined: &Examined<'_>, population: Option<u32>) {
        let inhabitants = population.filter(|population| *population > 0).map(f64::from);
        for (index, question) in examined.questionnaire.indexed().filter(|(_, question)| question.kind.takes_answer()) {
            let Some((now, value)) = examined.answer(index).and_then(|now| Some((now, number(now)?))) else { continue };
            let numbers =
                self.0.entry(index).or_insert_with(|| Numbers { share: is_share(question), given: Vec::new() });
            numbers.given.push(Given {
                response,
                value,
                per_inhabitants: inhabitants.map(|inhabitants| value * INHABITANTS / inhabitants),
                now: now.clone(),
                then: examined.then(index).map(|then| then.value.clone()),
            });
        }
    }

    /// The outliers of all, with their responses.
    pub fn outliers(&self) -> Vec<(usize, Finding)> {
        let of_question = |(index, numbers): (&QuestionIndex, &Numbers)| {
            let finding = |(given, outlier): (&Given, Outlier)| {
                let evidence = Evidence::Outlier(outlier);
                let (now, then) = (Some(given.now.clone()), given.then.clone());
                (given.response, Finding { question: *index, now, then, evidence })
            };
            numbers.outliers().into_iter().map(finding).collect::<Vec<_>>()
        };
        self.0.iter().flat_map(of_question).collect()
    }
}

impl Numbers {
    fn outliers(&self) -> Vec<(&Given, Outlier)> {
        let spread = |values: Vec<f64>| Spread::of(&values).ok();
        let Some(plain) = spread(self.given.iter().map(|given| given.value).collect()) else { return Vec::new() };
        if self.share {
            let far = self.given.iter().filter_map(|given| Some((given, far(&plain, given.value)?)));
            return far.map(|(given, plain)| (given, Outlier { plain, per_inhabitants: None })).collect();
        }
        let Some(per) = spread(self.given.iter().filter_map(|given| given.per_inhabitants).collect()) else {
            return Vec::new();
        };
        let far_both_ways = self.given.iter().filter_map(|given| {
            let (plain, per_inhabitants) = (far(&plain, given.value)?, far(&per, given.per_inhabitants?)?);
            let same_side = plain.score.is_sign_positive() == per_inhabitants.score.is_sign_positive();
            same_side.then_some((given, Outlier { plain, per_inhabitants: Some(per_inhabitants) }))
        });
        far_both_ways.collect()
    }
}

fn far(spread: &Spread, value: f64) -> Option<Place> {
    let score = spread.score(value);
    (score.abs() > LIMIT).then_some(Place { value, median: spread.median, score, n: spread.n })
}

fn is_share(question: &Question) -> bool {
    matches!(question.unit.as_deref(), Some("%" | "％"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::samples::{Sample, integer, question_of};
    use super::*;
    use crate::questionnaire::QuestionKind;
    use crate::questionnaire::logic::Rules;

    fn sample(unit: &str) -> Sample {
        let question = Question { unit: Some(unit.to_owned()), ..question_of("number", QuestionKind::Integer) };
        Sample::new(vec![question], vec![Rules::default()])
    }

    /// The responses whose number is an outlier, of those with that number and population.
    fn told(unit: &str, given: &[(i64, u32)]) -> Vec<(usize, Outlier)> {
        let sample = sample(unit);
        let mut values = Values::default();
        for (response, (number, population)) in given.iter().enumerate() {
            sample.examine(&[integer(*number)], &[integer(1)], |examined| {
                values.add(response, examined, Some(*population));
            });
        }
        let outlier = |(response, finding): (usize, Finding)| {
            assert_eq!((&finding.now, &finding.then), (&integer(given[response].0), &integer(1)));
            match finding.evidence {
                Evidence::Outlier(outlier) => (response, outlier),
                other => panic!("{other:?}"),
            }
        };
        values.outliers().into_iter().map(outlier).collect()
    }

    /// Eleven towns of 10,000 with 1 to 11 of something.
    fn towns() -> Vec<(i64, u32)> {
        (1..=11).map(|number| (number, 10_000)).collect()
    }

    #[test]
    fn a_number_beyond_the_limit_is_told_with_the_median_and_how_many_there_are() {
        let mut given = towns();
        given.push((200, 10_000));
        let found = told("件", &given);
        let [(11, outlier)] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((outlier.plain.median, outlier.plain.n), (6.5, 12));
        assert_eq!(outlier.per_inhabitants, Some(outlier.plain), "10,000 inhabitants each");
        let share = told("％", &given);
        assert_eq!((share.len(), share[0].1.per_inhabitants), (1, None));
    }

    #[test]
    fn neither_a_large_city_nor_a_small_village_stands_out_by_its_size() {
        let mut given = towns();
        // As many for each inhabitant as the towns; as many as a town, among few inhabitants.
        given.extend([(200, 300_000), (4, 500)]);
        assert_eq!(told("人", &given), []);
        // Many for its size, and many at all.
        given.push((200, 10_000));
        assert_eq!(told("人", &given).iter().map(|(response, _)| *response).collect::<Vec<_>>(), [13]);
    }

    #[test]
    fn of_nine_or_of_numbers_that_agree_nothing_is_told() {
        let nine: Vec<(i64, u32)> = (1..=8).chain([1_000]).map(|number| (number, 10_000)).collect();
        assert_eq!(told("件", &nine), []);
        assert_eq!(told("％", &nine), []);
        let alike: Vec<(i64, u32)> = [5; 12].into_iter().chain([1_000]).map(|number| (number, 10_000)).collect();
        assert_eq!(told("件", &alike), []);
        let mut unknown = towns();
        unknown.push((200, 0));
        assert_eq!(told("件", &unknown), [], "per nobody");
    }

    proptest! {
        #[test]
        fn whatever_is_told_lies_beyond_the_limit_on_one_side(
            given in proptest::collection::vec((0_i64..5_000, 300_u32..300_000), 0..60),
        ) {
            let shares = told("％", &given);
            let amounts = told("件", &given);
            // An amount is told under a stricter rule than the same number as a share.
            for (response, outlier) in &amounts {
                prop_assert!(shares.iter().any(|(other, share)| other == response && share.plain == outlier.plain));
                let per = outlier.per_inhabitants.expect("an amount");
                prop_assert!(per.score * outlier.plain.score > 0.0 && outlier.nearest_score() > LIMIT);
            }
            prop_assert!(given.len() >= 10 || shares.is_empty());
        }
    }
}
