//! One municipality's score, with what is undetermined as its interval.

use super::scale::Scale;
use super::stage::HIGHEST;
use super::stages::Stages;
use crate::statistics::Undefined;
use crate::statistics::aggregation::Aggregation;

/// A score on the scale chosen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Score {
    /// What is confirmed: undetermined answers at stage 0.
    pub lower: f64,
    /// What is possible: undetermined answers at stage 4.
    pub upper: f64,
    /// The most that a single answer one stage higher or lower would change.
    pub step: f64,
}

impl Score {
    /// The decimals it carries: a decimal is shown only where neither its interval nor a single answer is wider.
    pub fn decimals(self) -> u8 {
        u8::from((self.upper - self.lower).max(self.step) <= 0.1)
    }

    /// The digits of both ends in the decimals it carries, rounded outwards so that the interval shown holds the interval
    /// meant; twice the same where nothing is undetermined.
    pub fn digits(self) -> [String; 2] {
        let unit = if self.decimals() == 0 { 1.0 } else { 10.0 };
        let shown = |value: f64| {
            // Never 「-0」.
            let value = if value == 0.0 { 0.0 } else { value };
            format!("{:.*}", usize::from(self.decimals()), value / unit)
        };
        let (low, high) = if self.upper - self.lower < 1e-9 {
            // Half up, as everywhere.
            let half_up = (self.lower * unit + 0.5 + 1e-9).floor();
            (half_up, half_up)
        } else {
            ((self.lower * unit + 1e-9).floor(), (self.upper * unit - 1e-9).ceil())
        };
        [shown(low), shown(high)]
    }

    /// 「62」, or 「62〜68」 where something is undetermined.
    pub fn words(self) -> String {
        let [low, high] = self.digits().map(|digits| digits.replace('-', "△"));
        if low == high { low } else { format!("{low}〜{high}") }
    }
}

/// The score over areas: `None` is an area that does not concern the municipality, or that has no scale.
///
/// [`Undefined::NoData`] where no area with a weight concerns it, [`Undefined::OutOfRange`] for z-scores that are not
/// aggregated arithmetically.
pub fn score(
    areas: &[Option<(Stages, &Scale)>],
    weights: &[f64],
    aggregation: Aggregation,
) -> Result<Score, Undefined> {
    if areas.len() != weights.len() {
        return Err(Undefined::LengthsDiffer);
    }
    let concerned = || areas.iter().zip(weights).filter_map(|(area, weight)| Some(((*area)?, *weight)));
    let kept: Vec<f64> = concerned().map(|(_, weight)| weight).collect();
    if kept.iter().all(|weight| *weight <= 0.0) {
        return Err(Undefined::NoData);
    }
    let mean = |of: &dyn Fn(usize, Stages, &Scale) -> f64| {
        let places: Vec<f64> =
            concerned().enumerate().map(|(place, ((stages, scale), _))| of(place, stages, scale)).collect();
        aggregation.mean(&places, &kept)
    };
    let lower = mean(&|_, stages, scale| scale.at(stages.lower()))?;
    let upper = mean(&|_, stages, scale| scale.at(stages.upper()))?;
    let mut step: f64 = 0.0;
    for moved in 0..kept.len() {
        // Up and down: at an end of the scale only one of them is felt.
        for stages_more in [1.0, -1.0] {
            let other = mean(&|place, stages, scale| {
                let more = if place == moved { stages_more / f64::from(stages.concerned()) } else { 0.0 };
                scale.at((stages.lower() + more).clamp(0.0, f64::from(HIGHEST)))
            })?;
            step = step.max((other - lower).abs());
        }
    }
    Ok(Score { lower, upper, step })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::scale::ScaleKind;
    use super::*;

    /// The confirmed stages of an area, and what its undetermined ones turn out to be.
    type Drawn = (Vec<u32>, Vec<u32>);

    const MEANS: [Aggregation; 3] = [Aggregation::Arithmetic, Aggregation::Geometric, Aggregation::Harmonic];

    #[test]
    fn a_score_shows_no_more_digits_than_it_carries() {
        let words = |lower, upper, step| Score { lower, upper, step }.words();
        assert_eq!(words(62.4, 62.4, 0.4), "62");
        assert_eq!(words(62.5, 62.5, 0.4), "63");
        assert_eq!(words(62.44, 62.44, 0.05), "62.4");
        assert_eq!(words(62.4, 67.1, 0.4), "62〜68");
        assert_eq!(words(62.41, 62.48, 0.05), "62.4〜62.5");
        assert_eq!(words(-0.32, -0.32, 0.01), "△0.3");
        assert_eq!(words(-1.6, -0.2, 0.3), "△2〜0");
    }

    #[test]
    fn an_area_that_does_not_concern_the_municipality_leaves_its_weight_to_the_others() {
        let scale = Scale::of(ScaleKind::Stage, &[]).unwrap();
        let all = Stages { sum: 8, confirmed: 2, undetermined: 0 };
        let of = |areas: &[Option<(Stages, &Scale)>]| score(areas, &[1.0, 9.0], Aggregation::Arithmetic);
        assert_eq!(of(&[Some((all, &scale)), None]).unwrap().words(), "100");
        assert_eq!(of(&[None, None]), Err(Undefined::NoData));
        assert_eq!(score(&[Some((all, &scale))], &[0.0], Aggregation::Arithmetic), Err(Undefined::NoData));
        assert_eq!(score(&[Some((all, &scale))], &[], Aggregation::Arithmetic), Err(Undefined::LengthsDiffer));
    }

    proptest! {
        #[test]
        fn the_interval_holds_the_score_of_every_completion(
            areas in prop::collection::vec((prop::collection::vec(0_u32..=4, 0..5), prop::collection::vec(0_u32..=4, 0..4)), 1..6),
            others in prop::collection::vec(0.0_f64..4.0, 2..9),
            weight in prop::collection::vec(0.01_f64..1.0, 6),
        ) {
            for kind in ScaleKind::ALL {
                let Ok(scale) = Scale::of(kind, &others) else { continue };
                let known = |(confirmed, undetermined): &Drawn| Stages {
                    sum: confirmed.iter().sum(),
                    confirmed: u32::try_from(confirmed.len()).unwrap(),
                    undetermined: u32::try_from(undetermined.len()).unwrap(),
                };
                let completed = |(confirmed, undetermined): &Drawn| Stages {
                    sum: confirmed.iter().chain(undetermined).sum(),
                    confirmed: u32::try_from(confirmed.len() + undetermined.len()).unwrap(),
                    undetermined: 0,
                };
                let of = |stages: &dyn Fn(&Drawn) -> Stages, aggregation| {
                    let areas: Vec<_> = areas
                        .iter()
                        .map(|area| Some((stages(area), &scale)).filter(|(stages, _)| stages.concerned() > 0))
                        .collect();
                    score(&areas, &weight[..areas.len()], aggregation)
                };
                let means = if kind == ScaleKind::ZScore { &MEANS[..1] } else { &MEANS[..] };
                for aggregation in means {
                    if let Ok(bounds) = of(&known, *aggregation) {
                        let complete = of(&completed, *aggregation).unwrap();
                        prop_assert!(bounds.lower <= complete.lower + 1e-9 && complete.lower <= bounds.upper + 1e-9);
                        prop_assert!((complete.upper - complete.lower).abs() < 1e-12 && bounds.step >= 0.0);
                        prop_assert!(!bounds.words().contains("NaN"));
                    }
                }
            }
        }
    }
}
