//! Intervals of a proportion and of the difference of two, from x successes among n.
//!
//! All suppose n independent trials of one probability: an infinite population. **Misuse on a complete census**, where
//! the share is known; ask [`super::ChanceModel::check_interval`] first. Where the n stand for a known number N of
//! municipalities, [`super::finite_population`] is the method. Not for population-weighted shares, nor for shares of
//! answers where one municipality gives several.

use super::distribution::binomial_upper;
use super::{Interval, Level, Undefined};

/// Wilson's score interval.
///
/// `(p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n)` with p = x/n; never leaves 0–1 and keeps its coverage near the
/// level on average, not for every p. With `continuity` it is at least conservative: the ends at which the score test
/// with continuity correction just rejects.
///
/// Wilson, E. B. (1927) JASA 22, 209–212; Newcombe, R. G. (1998) Statistics in Medicine 17, 857–872, methods 3 and 4.
///
/// [`Undefined::NoData`] for n = 0.
pub fn wilson(x: u32, n: u32, level: Level, continuity: bool) -> Result<Interval, Undefined> {
    check(x, n)?;
    if !continuity {
        return Ok(score_interval(f64::from(x) / f64::from(n), f64::from(n), level));
    }
    let lower = |x: u32| {
        let (z, trials, p) = (level.z(), f64::from(n), f64::from(x) / f64::from(n));
        let inner = z * z - 2.0 - 1.0 / trials + 4.0 * p * (trials * (1.0 - p) + 1.0);
        let end = (2.0 * trials * p + z * z - 1.0 - z * inner.max(0.0).sqrt()) / (2.0 * (trials + z * z));
        if x == 0 { 0.0 } else { end.max(0.0) }
    };
    Ok(Interval { lower: lower(x), upper: 1.0 - lower(n - x) })
}

/// Wilson's interval for a share p of n trials, where n need not be whole.
pub(super) fn score_interval(p: f64, n: f64, level: Level) -> Interval {
    let z = level.z();
    let scale = 1.0 + z * z / n;
    let centre = (p + z * z / (2.0 * n)) / scale;
    let half = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt() / scale;
    // At 0 and 1 the end is the share itself, which the difference of two equal doubles only nearly is.
    let lower = if p <= 0.0 { 0.0 } else { (centre - half).max(0.0) };
    Interval { lower, upper: if p >= 1.0 { 1.0 } else { (centre + half).min(1.0) } }
}

/// The exact interval of Clopper and Pearson: the p at which x or more, and x or fewer, still have probability
/// (1 − level)/2. Covers at least the level for every p, usually far more: wide where n is small.
///
/// Clopper, C. J. & Pearson, E. S. (1934) Biometrika 26, 404–413.
///
/// [`Undefined::NoData`] for n = 0.
pub fn clopper_pearson(x: u32, n: u32, level: Level) -> Result<Interval, Undefined> {
    check(x, n)?;
    Ok(Interval {
        lower: exact_lower(x, n, level.tail()),
        // Successes and failures change places.
        upper: 1.0 - exact_lower(n - x, n, level.tail()),
    })
}

/// The p with P(X ≥ x) = tail, which is below x/n: Newton's method on the logarithms, inside a bracket.
fn exact_lower(x: u32, n: u32, tail: f64) -> f64 {
    if x == 0 {
        return 0.0;
    }
    let (mut low, mut high) = (0.0, f64::from(x) / f64::from(n));
    let mut p = high / 2.0;
    for _ in 0..200 {
        let (upper, at) = binomial_upper(x, n, p);
        if upper > tail {
            high = p;
        } else {
            low = p;
        }
        // d ln P(X ≥ x) / d ln p = x·P(X = x) / P(X ≥ x)
        let step = p * ((tail / upper).ln() * upper / (f64::from(x) * at)).exp();
        let next = if step > low && step < high { step } else { f64::midpoint(low, high) };
        if (next - p).abs() <= p * 1e-15 {
            return next;
        }
        p = next;
    }
    p
}

/// A difference of two proportions with its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ProportionDifference {
    /// x₁/n₁ − x₂/n₂
    pub difference: f64,
    /// Around it.
    pub interval: Interval,
}

/// The difference of two independent proportions by Newcombe's hybrid of Wilson's intervals.
///
/// `d − √((p₁−l₁)² + (u₂−p₂)²)` to `d + √((u₁−p₁)² + (p₂−l₂)²)`. **Misuse** for the same municipalities in two years:
/// they are not independent ([`super::mcnemar`]), and for two complete groups, whose difference is known.
///
/// Newcombe, R. G. (1998) Statistics in Medicine 17, 873–890, method 10.
///
/// [`Undefined::NoData`] where either has n = 0.
pub fn newcombe(first: (u32, u32), second: (u32, u32), level: Level) -> Result<ProportionDifference, Undefined> {
    let (a, b) = (wilson(first.0, first.1, level, false)?, wilson(second.0, second.1, level, false)?);
    let share = |(x, n): (u32, u32)| f64::from(x) / f64::from(n);
    let (p, q) = (share(first), share(second));
    Ok(ProportionDifference {
        difference: p - q,
        interval: Interval {
            lower: p - q - (p - a.lower).hypot(b.upper - q),
            upper: p - q + (a.upper - p).hypot(q - b.lower),
        },
    })
}

fn check(x: u32, n: u32) -> Result<(), Undefined> {
    match n {
        0 => Err(Undefined::NoData),
        n if x > n => Err(Undefined::CountExceedsTotal),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(interval: Interval) -> (String, String) {
        (format!("{:.4}", interval.lower), format!("{:.4}", interval.upper))
    }

    fn both(lower: &str, upper: &str) -> (String, String) {
        (lower.to_owned(), upper.to_owned())
    }

    #[test]
    fn newcombe_s_examples_come_out_as_printed() {
        // Newcombe (1998) Statistics in Medicine 17, 857–872, table I.
        for (x, n, score, corrected, exact) in [
            (81, 263, both("0.2553", "0.3662"), both("0.2535", "0.3682"), both("0.2527", "0.3676")),
            (15, 148, both("0.0624", "0.1605"), both("0.0598", "0.1644"), both("0.0578", "0.1617")),
            (0, 20, both("0.0000", "0.1611"), both("0.0000", "0.2005"), both("0.0000", "0.1684")),
            (1, 29, both("0.0061", "0.1718"), both("0.0018", "0.1963"), both("0.0009", "0.1776")),
        ] {
            assert_eq!(shown(wilson(x, n, Level::P95, false).unwrap()), score);
            assert_eq!(shown(wilson(x, n, Level::P95, true).unwrap()), corrected);
            assert_eq!(shown(clopper_pearson(x, n, Level::P95).unwrap()), exact);
        }
        // Newcombe (1998) Statistics in Medicine 17, 873–890, table II, contrast (a).
        let difference = newcombe((56, 70), (48, 80), Level::P95).unwrap();
        assert_eq!(shown(difference.interval), both("0.0524", "0.3339"));
    }

    #[test]
    fn nobody_is_no_share_and_not_0_per_cent() {
        assert_eq!(wilson(0, 0, Level::P95, false), Err(Undefined::NoData));
        assert_eq!(clopper_pearson(0, 0, Level::P95), Err(Undefined::NoData));
        assert_eq!(newcombe((1, 2), (0, 0), Level::P95), Err(Undefined::NoData));
        assert_eq!(wilson(3, 2, Level::P95, true), Err(Undefined::CountExceedsTotal));
    }

    #[test]
    fn with_no_success_the_exact_interval_has_a_closed_form() {
        for n in [1, 40, 1741, 1_000_000] {
            let upper = clopper_pearson(0, n, Level::P95).unwrap().upper;
            let closed = -((0.025_f64).ln() / f64::from(n)).exp_m1();
            assert!((upper - closed).abs() < 1e-12, "{n}: {upper} {closed}");
        }
    }

    proptest! {
        #[test]
        fn intervals_contain_the_share_mirror_each_other_and_grow_with_the_level(
            n in 1_u32..3000, part in 0.0_f64..=1.0, level in 0.5_f64..0.99,
        ) {
            let x = (0..=n).rfind(|x| f64::from(*x) <= part * f64::from(n)).unwrap();
            let (narrow, wide) = (Level::parse(level).unwrap(), Level::parse(level + 0.005).unwrap());
            let p = f64::from(x) / f64::from(n);
            for method in 0..3 {
                let method = |x, n, level| match method {
                    0 => wilson(x, n, level, false),
                    1 => wilson(x, n, level, true),
                    _ => clopper_pearson(x, n, level),
                };
                let interval = method(x, n, narrow).unwrap();
                prop_assert!(0.0 <= interval.lower && interval.lower <= p && p <= interval.upper && interval.upper <= 1.0);
                let mirrored = method(n - x, n, narrow).unwrap();
                prop_assert!((interval.lower - (1.0 - mirrored.upper)).abs() < 1e-12);
                let wider = method(x, n, wide).unwrap();
                prop_assert!(wider.lower <= interval.lower && interval.upper <= wider.upper);
            }
        }

        #[test]
        fn the_exact_interval_ends_where_its_tail_is_reached(n in 1_u32..400, part in 0.0_f64..=1.0) {
            let x = (1..=n).rfind(|x| f64::from(*x) <= part * f64::from(n)).unwrap_or(1);
            let lower = clopper_pearson(x, n, Level::P95).unwrap().lower;
            prop_assert!((binomial_upper(x, n, lower).0 - 0.025).abs() < 1e-10);
        }

        #[test]
        fn a_difference_changes_its_sign_with_the_order(a in (0_u32..30, 30_u32..60), b in (0_u32..30, 30_u32..60)) {
            let (one, other) = (newcombe(a, b, Level::P95).unwrap(), newcombe(b, a, Level::P95).unwrap());
            prop_assert!((one.difference + other.difference).abs() < 1e-15);
            prop_assert!((one.interval.lower + other.interval.upper).abs() < 1e-12);
            prop_assert!(one.interval.lower <= one.difference && one.difference <= one.interval.upper);
        }
    }
}
