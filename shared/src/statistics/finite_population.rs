//! Intervals for the share of a known number of municipalities of which only some are determined.
//!
//! Both suppose that the determined ones are as good as a random sample of the register
//! ([`super::ChanceModel::NonResponse`]). **Misuse** where those that do not answer differ from those that do, which is
//! the rule rather than the exception: the bounds of [`super::bounds`] stand above it and need no assumption.
//! N is [`Outcome::register`], x is [`Outcome::engaged`], n is [`Outcome::engaged`] + [`Outcome::not_engaged`].

use super::distribution::Hypergeometric;
use super::numeric::nearest;
use super::proportion::score_interval;
use super::{ChanceModel, Interval, Level, Undefined};
use crate::indicator::Outcome;
use crate::share::Share;

/// An interval of how many of N municipalities are engaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountInterval {
    /// Fewest.
    pub lower: Share,
    /// Most.
    pub upper: Share,
}

/// The interval to be shown: [`hypergeometric`], but **refused on a complete census**
/// ([`Undefined::CompleteCensus`]) and before anybody is determined ([`Undefined::NoData`]).
pub fn under_non_response(outcome: &Outcome, level: Level) -> Result<CountInterval, Undefined> {
    ChanceModel::NonResponse.check_interval(outcome)?;
    hypergeometric(outcome, level)
}

/// The exact interval: every number K of engaged municipalities under which neither x or more nor x or fewer engaged
/// among n drawn has probability (1 − level)/2 or less.
///
/// P(X = x) = C(K, x)·C(N−K, n−x) / C(N, n). With all N determined K is x: **a single point, not an interval to show**;
/// with none it is 0 to N. [`under_non_response`] refuses both.
///
/// Katz, L. (1953) Annals of Mathematical Statistics 24, 256–261; Buonaccorsi, J. P. (1987) The American Statistician
/// 41, 215–218.
///
/// [`Undefined::NoData`] for an empty register.
pub fn hypergeometric(outcome: &Outcome, level: Level) -> Result<CountInterval, Undefined> {
    let Sizes { population, sample, engaged } = Sizes::of(outcome)?;
    // What lies exactly on the limit is rejected, whichever way its last digit is rounded.
    let limit = level.tail() * (1.0 + 1e-9);
    let drawn = |k: u64| Hypergeometric::new(population.into(), k, sample.into());
    let (fewest, most) = (u64::from(engaged), u64::from(population - (sample - engaged)));
    // P(X ≥ x) grows with K and P(X ≤ x) falls; each is 1 at its own end of the range.
    let lower = first(fewest, most, |k| Ok(drawn(k)?.at_least(engaged) > limit))?;
    let above = first(fewest + 1, most + 1, |k| Ok(drawn(k)?.at_most(engaged) <= limit))?;
    let share = |k: u64| u32::try_from(k).map(|k| Share::new(k, population)).map_err(|_| Undefined::TooLarge);
    Ok(CountInterval { lower: share(lower)?, upper: share(above - 1)? })
}

/// The first of `from..to` that satisfies a condition which, once true, stays true; `to` where none does.
fn first(from: u64, to: u64, is: impl Fn(u64) -> Result<bool, Undefined>) -> Result<u64, Undefined> {
    let (mut low, mut high) = (from, to);
    while low < high {
        let middle = low + (high - low) / 2;
        if is(middle)? {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Ok(low)
}

/// Wilson's interval with the finite population correction.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CorrectedInterval {
    /// The sample size of an infinite population that would tell as much: n(N − 1)/(N − n); infinite with all N determined.
    pub effective_sample: f64,
    /// Of the share of all N.
    pub interval: Interval,
}

/// Wilson's interval with n(N − 1)/(N − n) in place of n, since the variance of the share of n drawn without putting
/// back is p(1 − p)/n · (N − n)/(N − 1). An approximation: [`hypergeometric`] is exact and as cheap.
///
/// Cochran, W. G. (1977) Sampling Techniques, 3rd ed., section 2.6, for the correction.
///
/// With all N determined it is **a single point, not an interval to show**: it stands below [`under_non_response`], which
/// refuses that. [`Undefined::NoData`] where nobody is determined.
pub fn wilson(outcome: &Outcome, level: Level) -> Result<CorrectedInterval, Undefined> {
    let Sizes { population, sample, engaged } = Sizes::of(outcome)?;
    if sample == 0 {
        return Err(Undefined::NoData);
    }
    let product = i128::from(sample) * (i128::from(population) - 1);
    let missing = population - sample;
    let effective_sample = if missing == 0 { f64::INFINITY } else { nearest(product) / f64::from(missing) };
    let share = f64::from(engaged) / f64::from(sample);
    Ok(CorrectedInterval { effective_sample, interval: score_interval(share, effective_sample, level) })
}

struct Sizes {
    population: u32,
    sample: u32,
    engaged: u32,
}

impl Sizes {
    fn of(outcome: &Outcome) -> Result<Self, Undefined> {
        let sample = outcome.engaged.checked_add(outcome.not_engaged).ok_or(Undefined::CountExceedsTotal)?;
        if outcome.register == 0 {
            return Err(Undefined::NoData);
        }
        if sample > outcome.register {
            return Err(Undefined::CountExceedsTotal);
        }
        Ok(Self { population: outcome.register, sample, engaged: outcome.engaged })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn outcome(engaged: u32, determined: u32, register: u32) -> Outcome {
        Outcome { engaged, not_engaged: determined - engaged, register, respondents: determined }
    }

    #[test]
    fn a_complete_census_is_refused_an_interval() {
        let complete = outcome(6, 40, 40);
        assert_eq!(under_non_response(&complete, Level::P95), Err(Undefined::CompleteCensus));
        let corrected = wilson(&complete, Level::P95).unwrap();
        assert_eq!((corrected.interval.lower, corrected.interval.upper), (0.15, 0.15));
        assert!(corrected.effective_sample.is_infinite());
        let point = hypergeometric(&complete, Level::P95).unwrap();
        assert_eq!((point.lower, point.upper), (Share::new(6, 40), Share::new(6, 40)));
    }

    #[test]
    fn nobody_determined_says_nothing() {
        assert_eq!(under_non_response(&outcome(0, 0, 40), Level::P95), Err(Undefined::NoData));
        let open = hypergeometric(&outcome(0, 0, 40), Level::P95).unwrap();
        assert_eq!((open.lower.numerator, open.upper.numerator), (0, 40));
        assert_eq!(hypergeometric(&Outcome::default(), Level::P95), Err(Undefined::NoData));
    }

    #[test]
    fn what_lies_exactly_on_the_limit_is_rejected() {
        // One municipality of 40 is missing: were it the only engaged one, the chance of missing it was 1/40 = 2.5 %.
        let interval = hypergeometric(&outcome(0, 39, 40), Level::P95).unwrap();
        assert_eq!((interval.lower.numerator, interval.upper.numerator), (0, 0));
    }

    #[test]
    fn the_exact_interval_covers_at_least_its_level_whatever_the_truth() {
        for (population, level) in [(12, 0.8), (17, 0.95), (20, 0.99)] {
            for sample in 1..population {
                let interval =
                    |x| hypergeometric(&outcome(x, sample, population), Level::parse(level).unwrap()).unwrap();
                for truth in 0..=population {
                    let drawn = Hypergeometric::new(population.into(), truth.into(), sample.into()).unwrap();
                    let covered: f64 = (0..=sample)
                        .filter(|x| *x <= truth && sample - x <= population - truth)
                        .filter(|x| (interval(*x).lower.numerator..=interval(*x).upper.numerator).contains(&truth))
                        .map(|x| drawn.at_most(x) - x.checked_sub(1).map_or(0.0, |below| drawn.at_most(below)))
                        .sum();
                    assert!(covered >= level - 1e-9, "{population} {sample} {truth}: {covered}");
                }
            }
        }
    }

    proptest! {
        #[test]
        fn intervals_stay_within_the_worst_case_bounds(
            register in 2_u32..500, answered in 0.0_f64..1.0, yes in 0.0_f64..=1.0,
        ) {
            let part = |of: u32, share: f64| (0..=of).rfind(|k| f64::from(*k) <= share * f64::from(of)).unwrap();
            let determined = part(register - 1, answered).max(1);
            let outcome = outcome(part(determined, yes), determined, register);
            let exact = under_non_response(&outcome, Level::P95).unwrap();
            prop_assert!(outcome.share().numerator <= exact.lower.numerator);
            prop_assert!(exact.lower.numerator <= exact.upper.numerator);
            prop_assert!(exact.upper.numerator <= outcome.upper().numerator);
            let p = f64::from(outcome.engaged) / f64::from(determined);
            let corrected = wilson(&outcome, Level::P95).unwrap();
            prop_assert!(corrected.effective_sample >= f64::from(determined));
            prop_assert!(corrected.interval.lower <= p && p <= corrected.interval.upper);
        }
    }
}
